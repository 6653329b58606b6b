/* Many threads and processes that do everything to the same syncobjs, and die, as fast as they can. The board has timelines. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include "syncobj.h"

#define THREADS 6
#define SYNCOBJS 8

/* What everybody in a storm does everything to. */
static struct {
	int fd, timelines[2];
	uint32_t handles[SYNCOBJS], steps;
} storm;

static int one_of(int error, const int *allowed)
{
	for (; *allowed >= 0; allowed++)
		if (error == *allowed)
			return 1;
	fprintf(stderr, "%s\n", strerror(error));
	return 0;
}
#define ONE_OF(...) (const int[]){ __VA_ARGS__, -1 }

static void step(uint32_t *seed)
{
	uint32_t handles[] = { storm.handles[random_of(seed, SYNCOBJS)], storm.handles[random_of(seed, SYNCOBJS)] };
	uint64_t points[] = { random_of(seed, 40), random_of(seed, 40) };
	int timeline = storm.timelines[random_of(seed, 2)], file, error;

	switch (random_of(seed, 9)) {
	case 0:
		error = wait_until(storm.fd, handles, points, 2, random_of(seed, 16), random_of(seed, 2) ? 0 : now() + random_of(seed, 500000), NULL);
		CHECK(one_of(error, ONE_OF(0, EINVAL, ETIME)));
		break;
	case 1:
		error = wait_until(storm.fd, handles, NULL, 2, random_of(seed, 4), now() + random_of(seed, 500000), NULL);
		CHECK(one_of(error, ONE_OF(0, EINVAL, ETIME)));
		break;
	case 2:
		file = fence_at(timeline, storm.steps / 4 + random_of(seed, 50));
		put_fence(storm.fd, handles[0], points[0], file);
		CHECK(!close(file));
		break;
	case 3:
		move_on(timeline, random_of(seed, 30));
		break;
	case 4:
		CHECK(!signal_points(storm.fd, handles, points, 2));
		break;
	case 5:
		CHECK(!(random_of(seed, 2) ? reset : signal_all)(storm.fd, handles, 2));
		break;
	case 6:
		error = transfer(storm.fd, handles[0], points[0], handles[1], points[1]) ? errno : 0;
		CHECK(one_of(error, ONE_OF(0, EINVAL)));
		break;
	case 7:
		reached(storm.fd, handles[0]);
		break;
	default:
		file = export_as(storm.fd, handles[0], DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_EXPORT_SYNC_FILE);
		if (file >= 0) {
			int other = fence_at(timeline, random_of(seed, 1000));
			struct sync_merge_data merge = { .fd2 = other };
			CHECK(!ioctl(file, SYNC_IOC_MERGE, &merge) && !close(file) && !close(other));
			short told = polled(merge.fence, POLLIN | POLLOUT);
			CHECK(one_of(status_of(merge.fence), told ? ONE_OF(1) : ONE_OF(0, 1)) && !close(merge.fence));
		}
	}
}

static void *make_weather(void *argument)
{
	uint32_t seed = (uint32_t)(uintptr_t)argument;

	while (__atomic_add_fetch(&storm.steps, 1, __ATOMIC_SEQ_CST) < 12000)
		step(&seed);
	return NULL;
}

static void prepare(void)
{
	storm.fd = open_card(0, O_RDWR);
	storm.timelines[0] = open_timeline();
	storm.timelines[1] = open_timeline();
	for (int i = 0; i < SYNCOBJS; i++)
		storm.handles[i] = make(storm.fd, 0);
}

/* What there was is as it should be, and nothing of the storm is left. */
static void clear_up(void)
{
	char text[256] = "";

	CHECK(!signal_all(storm.fd, storm.handles, SYNCOBJS) && !wait_until(storm.fd, storm.handles, NULL, SYNCOBJS, ALL, 0, NULL));
	for (int i = 0; i < SYNCOBJS; i++)
		destroy(storm.fd, storm.handles[i]);
	CHECK(!close(storm.timelines[0]) && !close(storm.timelines[1]));
	int fd = open("/sys/kernel/debug/sync/info", O_RDONLY);
	CHECK(fd >= 0 && read(fd, text, sizeof text - 1) > 0 && !close(fd));
	CHECK(!strcmp(text, "objs:\n--------------\nfences:\n--------------\n"));
}

static void a_storm_of_threads_leaves_nothing(void)
{
	pthread_t threads[THREADS];

	prepare();
	for (uintptr_t i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, make_weather, (void *)i));
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
	clear_up();
}

static void *wait_for_ever(void *argument)
{
	wait_for_one(storm.fd, storm.handles[(uintptr_t)argument % SYNCOBJS], 1u << 30, FOR_SUBMIT, INT64_MAX);
	return NULL;
}

/* In the middle of whatever they do, with threads that wait for what never comes. */
static void processes_die_in_a_storm(void)
{
	pid_t children[THREADS] = { 0 };
	uint32_t seed = 3;

	prepare();
	for (int round = 0; round < 60; round++) {
		unsigned which = random_of(&seed, THREADS);
		if (children[which])
			CHECK(!kill(children[which], SIGKILL) && waitpid(children[which], NULL, 0) == children[which]);
		if (!(children[which] = fork())) {
			pthread_t waiter;
			seed += (uint32_t)round * 7919;
			for (uintptr_t i = 0; i < 3; i++)
				CHECK(!pthread_create(&waiter, NULL, wait_for_ever, (void *)i));
			for (;;)
				step(&seed);
		}
		for (int i = 0; i < 40; i++)
			step(&seed);
	}
	for (int i = 0; i < THREADS; i++)
		if (children[i])
			CHECK(!kill(children[i], SIGKILL) && waitpid(children[i], NULL, 0) == children[i]);
	clear_up();
}

/* As many as a program may have. */
static void thousands_of_fences_come_and_go(void)
{
	enum { MANY = 3000 };
	static int files[MANY];
	struct rlimit limit;

	CHECK(!getrlimit(RLIMIT_NOFILE, &limit));
	limit.rlim_cur = limit.rlim_max;
	CHECK(!setrlimit(RLIMIT_NOFILE, &limit));
	int timeline = open_timeline(), fd = open_card(0, O_RDWR), last = fence_at(timeline, MANY);
	for (int i = 0; i < MANY; i++)
		files[i] = fence_at(timeline, 1 + (uint32_t)(i * 7 % MANY));
	move_on(timeline, MANY / 2);
	for (int i = 0; i < MANY; i++)
		CHECK(!polled(files[i], POLLIN) == (1 + i * 7 % MANY > MANY / 2));
	uint32_t handle = make(fd, 0);
	for (int i = 0; i < MANY; i++) {
		put_fence(fd, handle, (uint64_t)i + 1, files[i]);
		CHECK(!close(files[i]));
	}
	move_on(timeline, MANY / 2 - 1);
	CHECK(!polled(last, POLLIN) && wait_for_one(fd, handle, MANY, 0, 0) == ETIME);
	move_on(timeline, 1);
	CHECK(polled(last, POLLIN) && !wait_for_one(fd, handle, MANY, 0, 0) && reached(fd, handle) == MANY);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-storm-of-threads-leaves-nothing", a_storm_of_threads_leaves_nothing },
		{ "processes-die-in-a-storm", processes_die_in_a_storm },
		{ "thousands-of-fences-come-and-go", thousands_of_fences_come_and_go },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
