/* Waits for syncobjs: what each answers, by what it finds when it begins and what comes while it waits. The board has timelines. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include "waiter.h"

#define MOST 3
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What a syncobj may hold. */
enum state { EMPTY, PENDING, COME, STATES };

struct found {
	enum state states[MOST];
	uint32_t handles[MOST], count;
	uint64_t points[MOST];
	bool has_points;
};

/* The errno, and who is told to be the first. */
static int expected(const struct found *it, uint32_t flags, uint32_t *first)
{
	uint32_t enough = 0;

	*first = UINT32_MAX;
	for (uint32_t i = 0; i < it->count; i++) {
		if (it->states[i] == EMPTY && !(flags & (FOR_SUBMIT | AVAILABLE)))
			return EINVAL;
		if (it->states[i] == COME || (it->states[i] == PENDING && flags & AVAILABLE)) {
			*first = enough++ ? *first : i;
		}
	}
	return enough == it->count || (enough && !(flags & ALL)) ? 0 : ETIME;
}

static void ask(int fd, struct found *it, uint32_t flags, int64_t timeout)
{
	uint32_t first, told;
	int wanted = expected(it, flags, &first);
	int got = wait_until(fd, it->handles, it->has_points ? it->points : NULL, it->count, flags, timeout, &told);

	if (got != wanted || told != (wanted ? UNTOLD : first)) {
		fprintf(stderr, "of %u (%d %d %d)%s, flags %x, until %lld: %s, first %x, not %s, %x\n", it->count, it->states[0], it->states[1], it->states[2],
			it->has_points ? " points" : "", flags, (long long)timeout, strerror(got), told, strerror(wanted), wanted ? UNTOLD : first);
		exit(1);
	}
	if (wanted == ETIME)
		CHECK(now() >= timeout);
}

static void ask_with_every_flag(int fd, struct found *it)
{
	int64_t passed[] = { 0, 1, -1, INT64_MIN }, never = INT64_MAX;
	uint32_t first;

	for (uint32_t flags = 0; flags < 16; flags++) {
		if (flags & AVAILABLE && !it->has_points)
			continue;
		ask(fd, it, flags, passed[flags % COUNT(passed)]);
		ask(fd, it, flags, expected(it, flags, &first) == ETIME ? now() + MILLISECOND / 4 : never);
	}
}

static void a_wait_answers_by_what_it_finds(void)
{
	int fd = open_card(0, O_RDWR), timelines[MOST];

	for (int which = 0; which < 2 * (3 + 9 + 27); which++) {
		struct found it = { .has_points = which % 2 };
		int rest = which / 2;
		for (it.count = 1; rest >= (int[]){ 0, 3, 9, 27 }[it.count]; it.count++)
			rest -= (int[]){ 0, 3, 9, 27 }[it.count];
		for (uint32_t i = 0; i < it.count; i++, rest /= STATES) {
			it.states[i] = (enum state)(rest % STATES);
			it.handles[i] = make(fd, 0);
			/* Of those that are waited for by points, one is none. */
			it.points[i] = it.has_points && i != 1 ? (uint64_t)(1 + i * 1000000007ll * 5) : 0;
			timelines[i] = it.states[i] == EMPTY ? -1 : submit(fd, it.handles[i], it.points[i]);
			if (it.states[i] == COME)
				come(&timelines[i]);
		}
		ask_with_every_flag(fd, &it);
		for (uint32_t i = 0; i < it.count; i++) {
			destroy(fd, it.handles[i]);
			if (timelines[i] >= 0)
				CHECK(!close(timelines[i]));
		}
	}
}

static void what_fails_changes_nothing(void)
{
	int fd = open_card(0, O_RDWR);
	uint32_t come[] = { make(fd, DRM_SYNCOBJ_CREATE_SIGNALED), 0, make(fd, DRM_SYNCOBJ_CREATE_SIGNALED) }, empty[] = { make(fd, 0), 0, make(fd, 0) };
	uint32_t twice[] = { empty[0], empty[0], come[0] };
	uint64_t points[] = { 5, 5, 5 };

	FAILS(reset(fd, come, 3), ENOENT);
	CHECK(!wait_for_one(fd, come[0], 0, 0, 0) && !wait_for_one(fd, come[2], 0, 0, 0));
	FAILS(signal_all(fd, empty, 3), ENOENT);
	FAILS(signal_points(fd, empty, points, 3), ENOENT);
	FAILS(signal_points(fd, empty, NULL, 3), ENOENT);
	CHECK(wait_for_one(fd, empty[0], 0, 0, 0) == EINVAL && wait_for_one(fd, empty[2], 0, 0, 0) == EINVAL);
	/* The same one twice is two. */
	CHECK(wait_until(fd, twice, NULL, 3, FOR_SUBMIT, 0, NULL) == 0 && wait_until(fd, twice, NULL, 3, FOR_SUBMIT | ALL, 0, NULL) == ETIME);
	points[1] = 9;
	CHECK(!signal_points(fd, twice, points, 2) && reached(fd, empty[0]) == 9);
	CHECK(!reset(fd, twice, 2) && reached(fd, empty[0]) == 0 && !signal_all(fd, twice, 2) && !wait_until(fd, twice, NULL, 3, ALL, 0, NULL));
}

/* What is found counts, whatever is put in its place while others are waited for. */
static void a_wait_keeps_what_it_has_found(void)
{
	int fd = open_card(0, O_RDWR);

	for (uint32_t flags = 0; flags < 8; flags++) {
		bool has_points = flags & AVAILABLE;
		uint32_t asked = flags & (ALL | FOR_SUBMIT);
		struct waiting it = of_some(fd, 2, asked, has_points);
		int timelines[3] = { -1, -1, -1 };
		for (int i = 0; i < 2 && !(asked & FOR_SUBMIT); i++)
			timelines[i] = submit(fd, it.handles[i], it.points[i]);
		begin(&it);
		if (asked & FOR_SUBMIT)
			timelines[0] = submit(fd, it.handles[0], it.points[0]);
		if (asked & ALL)
			come(&timelines[0]);
		CHECK(!reset(fd, it.handles, 1));
		timelines[2] = submit(fd, it.handles[0], it.points[0]);
		if (asked & FOR_SUBMIT)
			timelines[1] = submit(fd, it.handles[1], it.points[1]);
		CHECK(works(fd) && !it.ended);
		come(&timelines[1]);
		end(&it, 0, asked & ALL ? UINT32_MAX : 1);
	}
}

/* Eight that go through submission, signal, reset and another submission, in an order that nobody would guess. */
static void a_wait_hears_of_the_first_or_of_all(void)
{
	static const unsigned order[] = { 3, 7, 3, 0, 5, 7, 1, 3, 6, 0, 2, 4, 5, 3, 1, 7, 4, 6, 0, 2, 5, 1, 7, 4, 0, 6, 2, 5, 1, 4, 6, 2 };
	int fd = open_card(0, O_RDWR);

	for (uint32_t which = 0; which < 8; which++) {
		struct waiting it = of_some(fd, 8, which & (ALL | FOR_SUBMIT), which & AVAILABLE);
		int timelines[8], stages[8] = { 0 };
		uint32_t come_by_now = 0, first = UINT32_MAX;
		for (int i = 0; i < 8; i++)
			timelines[i] = it.flags & FOR_SUBMIT ? -1 : submit(fd, it.handles[i], it.points[i]);
		begin(&it);
		for (unsigned step = 0; step < COUNT(order) && come_by_now < (it.flags & ALL ? 8 : 1); step++) {
			unsigned i = order[step];
			switch (stages[i]++) {
			case 0:
				if (timelines[i] < 0)
					timelines[i] = submit(fd, it.handles[i], it.points[i]);
				break;
			case 1:
				CHECK(!it.ended);
				come(&timelines[i]);
				first = come_by_now++ ? first : i;
				break;
			case 2:
				CHECK(!reset(fd, &it.handles[i], 1));
				break;
			default:
				timelines[i] = submit(fd, it.handles[i], it.points[i]);
			}
		}
		end(&it, 0, it.flags & ALL ? UINT32_MAX : first);
		for (int i = 0; i < 8; i++)
			if (timelines[i] >= 0)
				CHECK(!close(timelines[i]));
	}
}

static volatile sig_atomic_t heard;

static void hear(int number)
{
	(void)number;
	heard++;
}

/* Every quarter of a millisecond, and without a restart. */
static void a_wait_in_a_storm_of_signals_ends_when_its_time_comes(void)
{
	int fd = open_card(0, O_RDWR);
	struct sigaction action = { .sa_handler = hear };
	struct sigevent to = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN };
	struct itimerspec often = { { 0, MILLISECOND / 4 }, { 0, MILLISECOND / 4 } };
	unsigned interrupted = 0;
	timer_t timer;

	to._sigev_un._tid = gettid();
	CHECK(!sigaction(SIGRTMIN, &action, NULL) && !timer_create(CLOCK_MONOTONIC, &to, &timer) && !timer_settime(timer, 0, &often, NULL));
	for (uint32_t which = 0; which < 8; which++) {
		uint32_t handle = make(fd, 0), flags = which & (ALL | FOR_SUBMIT), point = which >> 2;
		int timeline = flags & FOR_SUBMIT ? -1 : submit(fd, handle, point), error;
		int64_t until = now() + 40 * MILLISECOND;
		while ((error = wait_for_one(fd, handle, point, flags, until)) == EINTR)
			interrupted++;
		CHECK(error == ETIME && now() >= until);
		destroy(fd, handle);
		if (timeline >= 0)
			CHECK(!close(timeline));
	}
	CHECK(heard && interrupted && !timer_delete(timer));
}

/* Until as close to it as makes no difference. */
static void a_wait_ends_in_time(void)
{
	int fd = open_card(0, O_RDWR);
	struct waiting it = of_some(fd, 1, FOR_SUBMIT, false);
	int64_t soonest = INT64_MAX;

	for (int i = 0; i < 50; i++) {
		int64_t until = now() + i * MILLISECOND / 5;
		CHECK(wait_for_one(fd, it.handles[0], 0, FOR_SUBMIT, until) == ETIME && now() >= until);
		soonest = now() - until < soonest ? now() - until : soonest;
	}
	/* The machine makes some late, and not all. */
	CHECK(soonest < 100 * MILLISECOND);
	/* Farther than any clock counts. */
	int64_t far[] = { INT64_MAX, INT64_MAX - 1, INT64_MAX / 2, now() + 9000000000ll * MILLISECOND };
	for (unsigned i = 0; i < COUNT(far); i++) {
		it = of_some(fd, 1, FOR_SUBMIT, i & 1);
		it.until = far[i];
		begin(&it);
		submit_and_come(fd, it.handles[0], it.points[0]);
		end(&it, 0, 0);
	}
}

static int counter(void)
{
	int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static int count_when(int fd, uint32_t handle, uint64_t point, uint32_t flags)
{
	struct { uint32_t handle, flags; uint64_t point; int32_t fd; uint32_t pad; } want = { handle, flags, point, counter(), 0 };

	CHECK(!ioctl(fd, DRM_IOWR(0xcf, want), &want));
	return want.fd;
}

static bool counted(int fd)
{
	uint64_t count = 0;

	return polled(fd, POLLIN) == POLLIN && read(fd, &count, sizeof count) == sizeof count && count == 1;
}

static void an_eventfd_counts_when_its_point_comes(void)
{
	int fd = open_card(0, O_RDWR);

	for (uint64_t point = 0; point < 2; point++) {
		uint32_t handle = make(fd, 0);
		int early = count_when(fd, handle, point, 0), early_there = count_when(fd, handle, point, AVAILABLE);
		CHECK(!counted(early) && !counted(early_there));
		int timeline = submit(fd, handle, point);
		CHECK(!counted(early) && counted(early_there));
		int late = count_when(fd, handle, point, 0), there = count_when(fd, handle, point, AVAILABLE);
		CHECK(!counted(late) && counted(there));
		come(&timeline);
		CHECK(counted(early) && counted(late) && !counted(there));
		CHECK(counted(count_when(fd, handle, point, 0)) && counted(count_when(fd, handle, point, AVAILABLE)));
		destroy(fd, handle);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "a-wait-answers-by-what-it-finds", a_wait_answers_by_what_it_finds },
		{ "what-fails-changes-nothing", what_fails_changes_nothing },
		{ "a-wait-keeps-what-it-has-found", a_wait_keeps_what_it_has_found },
		{ "a-wait-hears-of-the-first-or-of-all", a_wait_hears_of_the_first_or_of_all },
		{ "a-wait-in-a-storm-of-signals-ends-when-its-time-comes", a_wait_in_a_storm_of_signals_ends_when_its_time_comes },
		{ "a-wait-ends-in-time", a_wait_ends_in_time },
		{ "an-eventfd-counts-when-its-point-comes", an_eventfd_counts_when_its_point_comes },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
