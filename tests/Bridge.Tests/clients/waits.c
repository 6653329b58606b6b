/* Every kind of wait, and every way in which one ends. The board has syncobjs. */
#include <linux/dma-buf.h>
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include "atomic.h"
#include "timeline.h"

/* Newer than some headers. */
struct timeline_wait {
	uint64_t handles, points;
	int64_t timeout;
	uint32_t count, flags, first, pad;
	uint64_t deadline;
};
#define ALL 1
#define FOR_SUBMIT 2
#define AVAILABLE 4
#define DEADLINE 8

/* What can be waited for: a fence at point 1 of a timeline, wherever one can be, and a syncobj that has none. */
struct scene {
	int fd, timeline, fence, buffer;
	uint32_t holding, empty, signaled, plane, clean, written;
	struct screen screen;
	struct commit commit; /* put together before: whoever makes it only waits */
	int64_t until;
};

static int64_t now(void)
{
	struct timespec time;

	CHECK(!clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static uint32_t make(int fd, uint32_t flags)
{
	struct drm_syncobj_create create = { .flags = flags };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create));
	return create.handle;
}

static struct scene on_card(void)
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
static void arrange(struct scene *it, int timeline, int fence)
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

static void arrange_anew(struct scene *it)
{
	int timeline = open_timeline();

	arrange(it, timeline, fence_at(timeline, 1));
}

static void put_away(struct scene *it)
{
	uint32_t handles[] = { it->holding, it->empty, it->signaled };

	for (unsigned i = 0; i < 3; i++)
		CHECK(!ioctl(it->fd, DRM_IOCTL_SYNCOBJ_DESTROY, &(struct drm_syncobj_destroy){ .handle = handles[i] }));
	CHECK(!close(it->fence) && !close(it->buffer) && !ioctl(it->fd, DRM_IOCTL_MODE_RMFB, &it->written));
	if (it->timeline >= 0)
		CHECK(!close(it->timeline));
}

/* All that is waited for comes. */
static void release(struct scene *it)
{
	uint64_t point = 1;
	struct drm_syncobj_timeline_array signal = { .handles = (uintptr_t)&it->empty, .points = (uintptr_t)&point, .count_handles = 1 };

	move_on(it->timeline, 1);
	CHECK(!ioctl(it->fd, DRM_IOCTL_SYNCOBJ_TIMELINE_SIGNAL, &signal));
}

static int done(int r)
{
	return r ? errno : 0;
}

static int wait_for(struct scene *it, uint32_t *handles, uint32_t count, uint32_t flags)
{
	struct drm_syncobj_wait wait = { .handles = (uintptr_t)handles, .count_handles = count, .timeout_nsec = it->until, .flags = flags };

	return done(ioctl(it->fd, DRM_IOCTL_SYNCOBJ_WAIT, &wait));
}

static int wait_for_point(struct scene *it, uint32_t handle, uint64_t point, uint32_t flags)
{
	struct timeline_wait wait = { .handles = (uintptr_t)&handle, .points = (uintptr_t)&point, .count = 1, .timeout = it->until, .flags = flags, .deadline = 1 };

	return done(ioctl(it->fd, DRM_IOWR(0xca, struct timeline_wait), &wait));
}

static int any(struct scene *it) { return wait_for(it, &it->holding, 1, 0); }
static int all(struct scene *it) { return wait_for(it, (uint32_t[]){ it->signaled, it->holding }, 2, ALL); }
static int submitted(struct scene *it) { return wait_for(it, &it->empty, 1, FOR_SUBMIT); }
static int point(struct scene *it) { return wait_for_point(it, it->empty, 1, FOR_SUBMIT); }
static int available(struct scene *it) { return wait_for_point(it, it->empty, 1, AVAILABLE); }
static int hurried(struct scene *it) { return wait_for_point(it, it->holding, 0, DEADLINE); }

static int transferred(struct scene *it)
{
	struct drm_syncobj_transfer transfer = { .src_handle = it->empty, .src_point = 1, .dst_handle = it->signaled, .flags = FOR_SUBMIT };

	return done(ioctl(it->fd, DRM_IOCTL_SYNCOBJ_TRANSFER, &transfer));
}

static int poll_until(int fd, int64_t until)
{
	struct pollfd one = { fd, POLLIN, 0 };
	int r = poll(&one, 1, until == INT64_MAX ? -1 : until <= now() ? 0 : (int)((until - now()) / 1000000 + 1));

	return r < 0 ? errno : r ? 0 : ETIME;
}

static int readable(struct scene *it) { return poll_until(it->fence, it->until); }
static int idle(struct scene *it) { return poll_until(it->buffer, it->until); }
static int touched(struct scene *it) { return done(ioctl(it->buffer, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ })); }

static int committed(struct scene *it) { return done(do_commit(it->fd, &it->commit, 0, 0)); }

static int show(struct scene *it, uint32_t framebuffer)
{
	struct drm_mode_crtc set = { .crtc_id = it->screen.crtc, .fb_id = framebuffer, .set_connectors_ptr = (uintptr_t)&it->screen.connector,
		.count_connectors = 1, .mode = it->screen.mode, .mode_valid = 1 };

	return done(ioctl(it->fd, DRM_IOCTL_MODE_SETCRTC, &set));
}

static int shown(struct scene *it) { return show(it, it->written); }

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

static void expect(const struct kind *kind, int got, int wanted)
{
	if (got != wanted)
		fprintf(stderr, "%s: %s, not %s\n", kind->name, strerror(got), strerror(wanted));
	CHECK(got == wanted);
}

/* A process that waits, and is asleep by now. */
static pid_t waiter(const struct kind *kind, struct scene *it)
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

static void waits_end_with_what_they_wait_for(void)
{
	struct scene it = on_card();

	for (unsigned i = 0; i < KINDS; i++) {
		arrange_anew(&it);
		pid_t child = waiter(&kinds[i], &it);
		release(&it);
		join(child);
		CHECK(!show(&it, it.clean));
		put_away(&it);
	}
}

static void waits_end_in_time(void)
{
	struct scene it = on_card();

	for (unsigned i = 0; i < KINDS; i++) {
		if (!kinds[i].has_time)
			continue;
		arrange_anew(&it);
		int64_t untils[] = { 0, -1, INT64_MIN, now() - 1, now() + 20000000 };
		for (unsigned j = 0; j < 5; j++) {
			it.until = untils[j];
			expect(&kinds[i], kinds[i].wait(&it), ETIME);
			CHECK(now() >= it.until);
		}
		put_away(&it);
	}
}

static volatile sig_atomic_t rang;
static int told = -1;

static void ring(int signal)
{
	(void)signal;
	if (++rang == 5 && told >= 0)
		(void)!write(told, "", 1);
}

static void listen_for_alarms(int flags)
{
	CHECK(!sigaction(SIGALRM, &(struct sigaction){ .sa_handler = ring, .sa_flags = flags }, NULL));
}

static int interrupted(const struct kind *kind, struct scene *it)
{
	struct itimerval often = { { 0, 5000 }, { 0, 5000 } }, never = { 0 };

	rang = 0;
	CHECK(!setitimer(ITIMER_REAL, &often, NULL));
	int r = kind->wait(it);
	CHECK(!setitimer(ITIMER_REAL, &never, NULL));
	return r;
}

static void signals_end_waits(void)
{
	struct scene it = on_card();

	listen_for_alarms(0);
	for (unsigned i = 0; i < KINDS; i++) {
		arrange_anew(&it);
		expect(&kinds[i], interrupted(&kinds[i], &it), EINTR);
		/* Nothing of it is left to be in anybody's way. */
		CHECK(!show(&it, it.clean));
		put_away(&it);
	}
}

/* With what they wait for, and with their time, which is as it was. */
static void waits_go_on_after_signals_that_restart(void)
{
	struct scene it = on_card();

	listen_for_alarms(SA_RESTART);
	for (unsigned i = 0; i < KINDS; i++) {
		int ends[2];
		pid_t child;
		arrange_anew(&it);
		CHECK(!pipe(ends));
		if (!(child = fork())) {
			char byte;
			CHECK(read(ends[0], &byte, 1) == 1);
			release(&it);
			exit(0);
		}
		told = ends[1];
		expect(&kinds[i], interrupted(&kinds[i], &it), kinds[i].restarts ? 0 : EINTR);
		CHECK(rang >= (kinds[i].restarts ? 5 : 1) && (kinds[i].restarts || write(told, "", 1) == 1));
		join(child);
		CHECK(!close(ends[0]) && !close(ends[1]) && !show(&it, it.clean));
		told = -1;
		put_away(&it);
		if (!kinds[i].restarts || !kinds[i].has_time)
			continue;
		arrange_anew(&it);
		it.until = now() + 30000000;
		expect(&kinds[i], interrupted(&kinds[i], &it), ETIME);
		CHECK(now() >= it.until && rang);
		put_away(&it);
	}
}

static void the_killed_leave_nothing(void)
{
	struct scene it = on_card();

	for (unsigned i = 0; i < KINDS; i++) {
		arrange_anew(&it);
		pid_t child = waiter(&kinds[i], &it);
		CHECK(!kill(child, SIGKILL) && waitpid(child, NULL, 0) == child);
		CHECK(!show(&it, it.clean));
		move_on(it.timeline, 1);
		CHECK(!any(&it) && !readable(&it) && !idle(&it) && !shown(&it));
		CHECK(!show(&it, it.clean));
		put_away(&it);
	}
}

static void death_ends_waits(void)
{
	struct scene it = on_card();

	for (unsigned i = 0; i < KINDS; i++) {
		int ends[2];
		pid_t owner;
		if (!kinds[i].is_for_fence)
			continue;
		socket_pair(ends);
		if (!(owner = fork())) {
			send_fd(ends[1], fence_at(open_timeline(), 1));
			pause();
		}
		arrange(&it, -1, receive_fd(ends[0]));
		pid_t child = waiter(&kinds[i], &it);
		CHECK(!kill(owner, SIGKILL) && waitpid(owner, NULL, 0) == owner);
		/* Its timeline never comes to it, which is an end as well. */
		join(child);
		CHECK(status_of(it.fence) == -ENOENT && !show(&it, it.clean));
		put_away(&it);
		CHECK(!close(ends[0]) && !close(ends[1]));
	}
}

static struct scene pulled;

static void *wait_for_the_end(void *of)
{
	const struct kind *kind = of;

	expect(kind, kind->wait(&pulled), ENODEV);
	return NULL;
}

/* Says when it may be pulled out. */
static void a_board_that_goes_ends_waits(void)
{
	pthread_t threads[KINDS];

	pulled = on_card();
	arrange_anew(&pulled);
	for (unsigned i = 0; i < KINDS; i++)
		CHECK(!kinds[i].is_of_card || !pthread_create(&threads[i], NULL, wait_for_the_end, (void *)&kinds[i]));
	puts("ready");
	fflush(stdout);
	for (unsigned i = 0; i < KINDS; i++)
		CHECK(!kinds[i].is_of_card || !pthread_join(threads[i], NULL));
	/* What is of no card goes on. */
	CHECK(!polled(pulled.fence, POLLIN) && !polled(pulled.buffer, POLLIN));
	move_on(pulled.timeline, 1);
	CHECK(polled(pulled.fence, POLLIN) == POLLIN && polled(pulled.buffer, POLLIN) == POLLIN);
}

int main(int argc, char **argv)
{
	static const struct scenario scenarios[] = {
		{ "waits-end-with-what-they-wait-for", waits_end_with_what_they_wait_for },
		{ "waits-end-in-time", waits_end_in_time },
		{ "signals-end-waits", signals_end_waits },
		{ "waits-go-on-after-signals-that-restart", waits_go_on_after_signals_that_restart },
		{ "the-killed-leave-nothing", the_killed_leave_nothing },
		{ "death-ends-waits", death_ends_waits },
		{ "a-board-that-goes-ends-waits", a_board_that_goes_ends_waits },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
