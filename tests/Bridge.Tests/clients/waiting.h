/* Every kind of wait, and what is waited for. The board has syncobjs. */
#ifndef WAITING_H
#define WAITING_H
#include <linux/dma-buf.h>
#include "atomic.h"
#include "syncobj.h"

/* What can be waited for: a fence at point 1 of a timeline, wherever one can be, and a syncobj that has none. */
struct scene {
	int fd, timeline, fence, buffer;
	uint32_t holding, empty, signaled, plane, clean, written;
	struct screen screen;
	struct commit commit; /* put together before: whoever makes it only waits */
	int64_t until;
};

static inline struct scene on_card(void)
{
	struct scene it = { .fd = open_card(0, O_RDWR) };

	CHECK(!ioctl(it.fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	it.screen = light(it.fd);
	it.clean = it.screen.framebuffer;
	it.plane = plane_of(it.fd, it.clean);
	put(it.fd, &it.commit, it.plane, "FB_ID", it.clean);
	put(it.fd, &it.commit, it.plane, "IN_FENCE_FD", 0);
	return it;
}

/* With another fence than before, whose timeline somebody else may have. */
static inline void arrange(struct scene *it, int timeline, int fence)
{
	struct drm_mode_create_dumb dumb = create(it->fd, it->screen.mode.hdisplay, it->screen.mode.vdisplay);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	it->timeline = timeline;
	it->fence = fence;
	it->commit.values[1] = (uint64_t)fence;
	it->until = INT64_MAX;
	it->holding = make(it->fd, 0);
	it->empty = make(it->fd, 0);
	it->signaled = make(it->fd, DRM_SYNCOBJ_CREATE_SIGNALED);
	it->written = add_framebuffer(it->fd, &dumb);
	CHECK(!ioctl(it->fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime) && !gem_close(it->fd, dumb.handle));
	it->buffer = prime.fd;
	CHECK(!ioctl(it->buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &(struct dma_buf_import_sync_file){ DMA_BUF_SYNC_WRITE, fence }));
	struct drm_syncobj_handle into = { .handle = it->holding, .flags = DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_IMPORT_SYNC_FILE, .fd = fence };
	CHECK(!ioctl(it->fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &into));
}

static inline void arrange_anew(struct scene *it)
{
	int timeline = open_timeline();

	arrange(it, timeline, fence_at(timeline, 1));
}

static inline void put_away(struct scene *it)
{
	uint32_t handles[] = { it->holding, it->empty, it->signaled };

	for (unsigned i = 0; i < 3; i++)
		CHECK(!ioctl(it->fd, DRM_IOCTL_SYNCOBJ_DESTROY, &(struct drm_syncobj_destroy){ .handle = handles[i] }));
	CHECK(!close(it->fence) && !close(it->buffer) && !ioctl(it->fd, DRM_IOCTL_MODE_RMFB, &it->written));
	if (it->timeline >= 0)
		CHECK(!close(it->timeline));
}

/* All that is waited for comes. */
static inline void release(struct scene *it)
{
	uint64_t point = 1;
	struct drm_syncobj_timeline_array signal = { .handles = (uintptr_t)&it->empty, .points = (uintptr_t)&point, .count_handles = 1 };

	move_on(it->timeline, 1);
	CHECK(!ioctl(it->fd, DRM_IOCTL_SYNCOBJ_TIMELINE_SIGNAL, &signal));
}

static inline int done(int r)
{
	return r ? errno : 0;
}

static inline int wait_for(struct scene *it, uint32_t *handles, uint32_t count, uint32_t flags)
{
	return wait_until(it->fd, handles, NULL, count, flags, it->until, NULL);
}

static inline int wait_for_point(struct scene *it, uint32_t handle, uint64_t point, uint32_t flags)
{
	return wait_until(it->fd, &handle, &point, 1, flags, it->until, NULL);
}

static inline int any(struct scene *it) { return wait_for(it, &it->holding, 1, 0); }
static inline int all(struct scene *it) { return wait_for(it, (uint32_t[]){ it->signaled, it->holding }, 2, ALL); }
static inline int submitted(struct scene *it) { return wait_for(it, &it->empty, 1, FOR_SUBMIT); }
static inline int point(struct scene *it) { return wait_for_point(it, it->empty, 1, FOR_SUBMIT); }
static inline int available(struct scene *it) { return wait_for_point(it, it->empty, 1, AVAILABLE); }
static inline int hurried(struct scene *it) { return wait_for_point(it, it->holding, 0, DEADLINE); }

static inline int transferred(struct scene *it)
{
	struct drm_syncobj_transfer transfer = { .src_handle = it->empty, .src_point = 1, .dst_handle = it->signaled, .flags = FOR_SUBMIT };

	return done(ioctl(it->fd, DRM_IOCTL_SYNCOBJ_TRANSFER, &transfer));
}

static inline int poll_until(int fd, int64_t until)
{
	struct pollfd one = { fd, POLLIN, 0 };
	int r = poll(&one, 1, until == INT64_MAX ? -1 : until <= now() ? 0 : (int)((until - now()) / 1000000 + 1));

	return r < 0 ? errno : r ? 0 : ETIME;
}

static inline int readable(struct scene *it) { return poll_until(it->fence, it->until); }
static inline int idle(struct scene *it) { return poll_until(it->buffer, it->until); }
static inline int touched(struct scene *it) { return done(ioctl(it->buffer, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ })); }

static inline int committed(struct scene *it) { return done(do_commit(it->fd, &it->commit, 0, 0)); }

static inline int show(struct scene *it, uint32_t framebuffer)
{
	struct drm_mode_crtc set = { .crtc_id = it->screen.crtc, .fb_id = framebuffer, .set_connectors_ptr = (uintptr_t)&it->screen.connector,
		.count_connectors = 1, .mode = it->screen.mode, .mode_valid = 1 };

	return done(ioctl(it->fd, DRM_IOCTL_MODE_SETCRTC, &set));
}

static inline int shown(struct scene *it) { return show(it, it->written); }

static const struct kind {
	const char *name;
	int (*wait)(struct scene *);
	bool has_time, is_for_fence, is_of_card, restarts;
} kinds[] = {
	{ "any", any, true, true, true, true },
	{ "all", all, true, true, true, true },
	{ "submitted", submitted, true, false, true, true },
	{ "point", point, true, false, true, true },
	{ "available", available, true, false, true, true },
	{ "hurried", hurried, true, true, true, true },
	{ "transferred", transferred, false, false, true, true },
	{ "readable", readable, true, true, false, false },
	{ "idle", idle, true, true, false, false },
	{ "touched", touched, false, true, false, true },
	{ "committed", committed, false, true, true, true },
	{ "shown", shown, false, true, true, true },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static inline void expect(const struct kind *kind, int got, int wanted)
{
	if (got != wanted)
		fprintf(stderr, "%s: %s, not %s\n", kind->name, strerror(got), strerror(wanted));
	CHECK(got == wanted);
}

/* A process that waits, and is asleep by now. */
static inline pid_t waiter(const struct kind *kind, struct scene *it)
{
	char byte;
	int ends[2];
	pid_t child;

	CHECK(!pipe(ends));
	if (!(child = fork())) {
		CHECK(works(it->fd) && write(ends[1], "", 1) == 1);
		exit(kind->wait(it));
	}
	CHECK(read(ends[0], &byte, 1) == 1 && !close(ends[0]) && !close(ends[1]));
	await_sleep(child);
	return child;
}
#endif
