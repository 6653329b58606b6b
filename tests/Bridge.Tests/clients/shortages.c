/* A program that has no descriptor left: what would make one is refused and leaves nothing, and everything else goes on. */
#define _GNU_SOURCE
#include <linux/dma-buf.h>
#include <sys/resource.h>
#include "atomic.h"
#include "syncobj.h"

#define NUMBERS 256
#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct {
	int fd, timeline, fence, buffer, syncobj_file;
	uint32_t come, handle;
	struct commit commit;
	int32_t told;
} with;

static int fill[NUMBERS];
static unsigned filled;

static void use_up(void)
{
	int next;

	while ((next = fcntl(0, F_DUPFD_CLOEXEC, 0)) >= 0)
		fill[filled++] = next;
	CHECK(filled && filled < NUMBERS);
}

static void give_up(unsigned count)
{
	while (count-- && filled)
		CHECK(!close(fill[--filled]));
}

/* What of sync files and timelines there is. */
static unsigned long how_many(void)
{
	char text[16384];
	int fd = open("/sys/kernel/debug/sync/info", O_RDONLY);
	ssize_t length = read(fd, text, sizeof text - 1);
	unsigned long count = 0;

	CHECK(length > 0 && !close(fd));
	text[length] = 0;
	for (char *at = text; (at = strchr(at, ':')); at++)
		count++;
	return count;
}

static int point_made(void)
{
	struct point point = { .value = 1, .fence = -1 };

	return ioctl(with.timeline, _IOWR('W', 0, struct point), &point) ? -1 : point.fence;
}

static int merged(void)
{
	struct sync_merge_data merge = { .fd2 = with.fence, .fence = -1 };

	return ioctl(with.fence, SYNC_IOC_MERGE, &merge) ? -1 : merge.fence;
}

static int exported(uint32_t flags)
{
	struct drm_syncobj_handle made = { .handle = with.come, .flags = flags, .fd = -1 };

	return ioctl(with.fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &made) ? -1 : made.fd;
}

static int syncobj_exported(void) { return exported(0); }
static int fence_exported(void) { return exported(DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_EXPORT_SYNC_FILE); }

static int use_exported(void)
{
	struct dma_buf_export_sync_file used = { .flags = DMA_BUF_SYNC_RW, .fd = -1 };

	return ioctl(with.buffer, DMA_BUF_IOCTL_EXPORT_SYNC_FILE, &used) ? -1 : used.fd;
}

static int buffer_exported(void)
{
	struct drm_prime_handle prime = { .handle = with.handle, .flags = DRM_CLOEXEC | DRM_RDWR, .fd = -1 };

	return ioctl(with.fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime) ? -1 : prime.fd;
}

static int committed(void)
{
	with.told = -2;
	return do_commit(with.fd, &with.commit, 0, 0) ? -1 : with.told;
}

static int timeline_opened(void) { return open("/sys/kernel/debug/sync/sw_sync", O_RDWR); }
static int card_opened(void) { return open("/dev/dri/card0", O_RDWR); }

static const struct {
	const char *name;
	int (*make)(void);
	unsigned needs;
} makers[] = {
	{ "a fence of a timeline", point_made, 2 },
	{ "a merge", merged, 2 },
	{ "a syncobj's file", syncobj_exported, 2 },
	{ "a syncobj's fence", fence_exported, 2 },
	{ "a buffer's fences", use_exported, 2 },
	{ "a buffer", buffer_exported, 2 },
	{ "a commit's fence", committed, 2 },
	{ "a timeline", timeline_opened, 3 },
	{ "a card", card_opened, 3 },
};

static void begin(void)
{
	struct rlimit limit;

	CHECK(!getrlimit(RLIMIT_NOFILE, &limit));
	limit.rlim_cur = NUMBERS;
	CHECK(!setrlimit(RLIMIT_NOFILE, &limit));
	with.fd = open_card(0, O_RDWR);
	CHECK(!ioctl(with.fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	struct screen screen = light(with.fd);
	uint32_t plane = plane_of(with.fd, screen.framebuffer);
	put(with.fd, &with.commit, plane, "FB_ID", screen.framebuffer);
	put(with.fd, &with.commit, screen.crtc, "OUT_FENCE_PTR", (uintptr_t)&with.told);
	with.timeline = open_timeline();
	with.fence = fence_at(with.timeline, 1);
	with.handle = create(with.fd, 64, 64).handle;
	with.come = make(with.fd, DRM_SYNCOBJ_CREATE_SIGNALED);
	CHECK((with.buffer = buffer_exported()) >= 0 && (with.syncobj_file = syncobj_exported()) >= 0 && status_of(with.fence) == 0);
}

/* It needs more than the one that it becomes; nothing is left of what did not become one. */
static void what_makes_one_is_refused(void)
{
	begin();
	unsigned long before = how_many();
	for (unsigned i = 0; i < COUNT(makers); i++) {
		unsigned left = 0;
		int made;
		use_up();
		while (made = makers[i].make(), made == -1 && errno == EMFILE && left++ < 3)
			give_up(1);
		if (made < 0 || left != makers[i].needs)
			fprintf(stderr, "%s with %u left: %d, %s\n", makers[i].name, left, made, strerror(errno));
		CHECK(made >= 0 && left == makers[i].needs && with.told != -2 && !close(made));
		give_up(NUMBERS);
		CHECK(how_many() == before);
	}
}

/* What makes none goes on as ever, and so does what is waited for. */
static void what_makes_none_goes_on(void)
{
	struct sync_merge_data itself = { .fd2 = -1, .fence = -1 };
	uint32_t by = 1;

	begin();
	uint32_t into = make(with.fd, 0);
	use_up();
	struct dma_buf_import_sync_file import = { DMA_BUF_SYNC_WRITE, with.fence };
	CHECK(!ioctl(with.buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !polled(with.buffer, POLLIN | POLLOUT));
	put_fence(with.fd, into, 0, with.fence);
	struct drm_syncobj_handle again = { .fd = with.syncobj_file };
	CHECK(!ioctl(with.fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &again) && again.handle != with.come);
	struct drm_prime_handle prime = { .fd = with.buffer };
	CHECK(!ioctl(with.fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime) && prime.handle == with.handle);
	CHECK(wait_for_one(with.fd, into, 0, 0, now() + 1000000) == ETIME && !polled(with.fence, POLLIN));
	/* The number comes first. */
	FAILS(ioctl(with.fence, SYNC_IOC_MERGE, &itself), EMFILE);
	CHECK(!ioctl(with.timeline, _IOW('W', 1, uint32_t), &by) && polled(with.fence, POLLIN) == POLLIN && status_of(with.fence) == 1);
	CHECK(!wait_for_one(with.fd, into, 0, 0, INT64_MAX) && polled(with.buffer, POLLIN | POLLOUT) == (POLLIN | POLLOUT));
}

/* A child begins to call anew, and has nothing left to do it with. */
static void a_child_without_any_is_refused_too(void)
{
	pid_t child;

	begin();
	use_up();
	if (!(child = fork())) {
		uint32_t by = 1;
		FAILS(ioctl(with.fd, DRM_IOCTL_SYNCOBJ_CREATE, &(struct drm_syncobj_create){ 0 }), EMFILE);
		FAILS(ioctl(with.timeline, _IOW('W', 1, uint32_t), &by), EMFILE);
		give_up(2);
		make(with.fd, 0);
		CHECK(!ioctl(with.timeline, _IOW('W', 1, uint32_t), &by));
		exit(0);
	}
	join(child);
	CHECK(polled(with.fence, POLLIN) == POLLIN);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "what-makes-one-is-refused", what_makes_one_is_refused },
		{ "what-makes-none-goes-on", what_makes_none_goes_on },
		{ "a-child-without-any-is-refused-too", a_child_without_any_is_refused_too },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
