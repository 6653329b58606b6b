/* A thread that waits for syncobjs, and is asleep before anything is done to them. */
#ifndef WAITER_H
#define WAITER_H
#include <pthread.h>
#include "syncobj.h"

#define MILLISECOND 1000000ll

struct waiting {
	int fd, error;
	uint32_t handles[8], count, flags, first;
	uint64_t points[8];
	bool has_points;
	int64_t until, ended;
	pid_t thread;
	pthread_t id;
};

static inline void *wait_there(void *argument)
{
	struct waiting *it = argument;

	__atomic_store_n(&it->thread, gettid(), __ATOMIC_RELEASE);
	it->error = wait_until(it->fd, it->handles, it->has_points ? it->points : NULL, it->count, it->flags, it->until, &it->first);
	it->ended = now();
	return NULL;
}

/* Until it waits: it sleeps for what it waits for when the daemon has asked for its arrays, one after the other, and has looked at them. */
static inline void begin(struct waiting *it)
{
	CHECK(!pthread_create(&it->id, NULL, wait_there, it));
	while (!__atomic_load_n(&it->thread, __ATOMIC_ACQUIRE))
		sched_yield();
	for (int i = 0; i < 4; i++) {
		await_sleep(it->thread);
		CHECK(works(it->fd));
	}
}

static inline void end(struct waiting *it, int error, uint32_t first)
{
	CHECK(!pthread_join(it->id, NULL));
	if (it->error != error || it->first != first)
		fprintf(stderr, "flags %x: %s, first %x, not %s, %x\n", it->flags, strerror(it->error), it->first, strerror(error), first);
	CHECK(it->error == error && it->first == first);
}

static inline struct waiting of_some(int fd, uint32_t count, uint32_t flags, bool has_points)
{
	struct waiting it = { .fd = fd, .count = count, .flags = flags, .has_points = has_points, .until = now() + 20000 * MILLISECOND };

	for (uint32_t i = 0; i < count; i++) {
		it.handles[i] = make(fd, 0);
		it.points[i] = has_points;
	}
	return it;
}
#endif
