/* Many threads that wait for each other's points, and many that wait for one. The board has timelines. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sys/eventfd.h>
#include "syncobj.h"

#define THREADS 6
#define TURNS 1800
#define WAITERS 32

static uint32_t import(int fd, int file)
{
	struct drm_syncobj_handle made = { .fd = file };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &made));
	return made.handle;
}

static bool await_file(int file)
{
	struct pollfd one = { file, POLLIN, 0 };

	return poll(&one, 1, 20000) == 1 && one.revents == POLLIN;
}

/* All have the one timeline, some in a file of their own. */
static struct {
	int fd[THREADS];
	uint32_t handle[THREADS];
	uint64_t last;
} game;

/* However a wait can be put, it ends when the point comes; a lost signal is a wait that never ends. */
static void await_turn(int fd, uint32_t handle, uint64_t point, uint32_t how)
{
	uint32_t twice[] = { handle, handle };
	uint64_t points[] = { point, how & 1 ? point : 0 };
	struct { uint32_t handle, flags; uint64_t point; int32_t fd; uint32_t pad; } want = { handle, 0, point, -1, 0 };
	uint64_t count;
	uint32_t first;

	switch (how % 4) {
	case 0:
		CHECK(!wait_for_one(fd, handle, point, FOR_SUBMIT, INT64_MAX));
		break;
	case 1:
		CHECK(!wait_until(fd, twice, points, 2, FOR_SUBMIT | ALL, now() + 20000000000ll, NULL));
		break;
	case 2: /* there first, and then come */
		CHECK(!wait_until(fd, twice, points, 1, AVAILABLE, INT64_MAX, &first) && !first);
		CHECK(!wait_for_one(fd, handle, point, 0, INT64_MAX));
		break;
	default:
		CHECK((want.fd = eventfd(0, EFD_CLOEXEC)) >= 0 && !ioctl(fd, DRM_IOWR(0xcf, want), &want));
		CHECK(await_file(want.fd) && read(want.fd, &count, sizeof count) == sizeof count && count == 1 && !close(want.fd));
	}
}

static void give_turn(int fd, uint32_t handle, uint64_t point, uint32_t how)
{
	int timeline, file;
	uint32_t other;

	switch (how % 4) {
	case 0:
		CHECK(!signal_points(fd, &handle, &point, 1));
		break;
	case 1:
		timeline = submit(fd, handle, point);
		come(&timeline);
		break;
	case 2: /* what never comes counts as well */
		CHECK(!close(submit(fd, handle, point)));
		break;
	default:
		other = make(fd, DRM_SYNCOBJ_CREATE_SIGNALED);
		CHECK((file = export_as(fd, other, DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_EXPORT_SYNC_FILE)) >= 0 && await_file(file));
		destroy(fd, other);
		put_fence(fd, handle, point, file);
		CHECK(!close(file));
	}
}

static void *play(void *argument)
{
	uint32_t me = (uint32_t)(uintptr_t)argument, seed = me;
	int fd = game.fd[me];

	for (uint64_t turn = 1 + me; turn <= TURNS; turn += THREADS) {
		if (turn > 1)
			await_turn(fd, game.handle[me], turn - 1, random_of(&seed, 4));
		CHECK(game.last == turn - 1 && reached(fd, game.handle[me]) == turn - 1);
		game.last = turn;
		give_turn(fd, game.handle[me], turn, random_of(&seed, 4));
	}
	return NULL;
}

static void no_signal_is_lost(void)
{
	pthread_t threads[THREADS];

	game.fd[0] = open_card(0, O_RDWR);
	game.handle[0] = make(game.fd[0], 0);
	for (int i = 1; i < THREADS; i++) {
		int file = export_as(game.fd[0], game.handle[0], 0);
		game.fd[i] = i % 2 ? game.fd[0] : open_card(0, O_RDWR);
		game.handle[i] = import(game.fd[i], file);
		CHECK(!close(file));
	}
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, play, (void *)i));
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
	CHECK(game.last == TURNS);
}

static struct {
	int fd, fence;
	uint32_t handle, woken;
} crowd;

static void *wait_in_a_crowd(void *argument)
{
	uintptr_t me = (uintptr_t)argument;

	if (me % 3)
		CHECK(!wait_for_one(crowd.fd, crowd.handle, me % 2, FOR_SUBMIT, INT64_MAX));
	else
		CHECK(await_file(crowd.fence));
	__atomic_add_fetch(&crowd.woken, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

/* All of them, by one signal; and more of them wait than a process has calls under way. */
static void a_crowd_is_woken(void)
{
	pthread_t threads[WAITERS];

	crowd.fd = open_card(0, O_RDWR);
	for (int round = 0; round < 10; round++) {
		int timeline = open_timeline();
		crowd.handle = make(crowd.fd, 0);
		crowd.fence = fence_at(timeline, 1);
		crowd.woken = 0;
		for (uintptr_t i = 0; i < WAITERS; i++)
			CHECK(!pthread_create(&threads[i], NULL, wait_in_a_crowd, (void *)i));
		put_fence(crowd.fd, crowd.handle, 1, crowd.fence);
		CHECK(works(crowd.fd) && !crowd.woken);
		come(&timeline);
		for (int i = 0; i < WAITERS; i++)
			CHECK(!pthread_join(threads[i], NULL));
		CHECK(crowd.woken == WAITERS && !close(crowd.fence));
		destroy(crowd.fd, crowd.handle);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "no-signal-is-lost", no_signal_is_lost },
		{ "a-crowd-is-woken", a_crowd_is_woken },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
