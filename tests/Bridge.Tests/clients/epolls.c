/* What epoll tells of a dma-buf: IN when nobody writes it, OUT when nobody uses it, and nothing else. */
#define _GNU_SOURCE
#include <signal.h>
#include "epoll.h"

static void it_tells_what_poll_does(void)
{
	static const uint32_t wanted[] = { EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT, EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM | EPOLLRDHUP | EPOLLPRI };
	static const struct { void (*change)(struct scene *); uint32_t state; } changes[] = {
		{ written, WRITTEN }, { done, IDLE }, { read_by_one, READ }, { done, IDLE }, { written, WRITTEN }, { read_by_one, WRITTEN }, { done, READ },
		{ written, WRITTEN }, { done, WRITTEN }, { done, IDLE }, { read_by_one, READ }, { read_by_one, READ }, { done, READ }, { done, IDLE },
	};
	struct scene it = arrange();
	int level[4], edge[4];
	uint32_t before = IDLE;

	for (unsigned i = 0; i < 4; i++) {
		level[i] = watching(it.buffer, wanted[i]);
		edge[i] = watching(it.buffer, wanted[i] | EPOLLET);
		CHECK(told(edge[i]) == (wanted[i] & IDLE) && !told(edge[i]));
	}
	for (unsigned k = 0; k < sizeof changes / sizeof *changes; k++) {
		uint32_t state = changes[k].state, gained = state & ~before;
		changes[k].change(&it);
		CHECK((uint32_t)polled(it.buffer, POLLIN | POLLOUT) == state);
		for (unsigned i = 0; i < 4; i++) {
			CHECK(told(level[i]) == (wanted[i] & state) && told(level[i]) == (wanted[i] & state));
			/* A pipe's edge comes once more where IN stays. */
			uint32_t edges = told(edge[i]);
			CHECK(edges == (gained & wanted[i] ? wanted[i] & state : 0) || (wanted[i] == EPOLLIN && edges == state));
			CHECK(!told(edge[i]));
		}
		before = state;
	}
}

/* In each of the calls that wait. */
static void who_sleeps_is_woken(void)
{
	struct scene it = arrange();

	for (unsigned i = 0; i < 6; i++) {
		uint32_t wanted = EPOLLOUT | (i % 2 ? EPOLLET : 0);
		int epoll = watching(it.buffer, wanted);
		struct epoll_event got;
		pid_t child;
		CHECK(told(epoll) == EPOLLOUT);
		written(&it);
		read_by_one(&it);
		CHECK(!told(epoll));
		if (!(child = fork())) {
			CHECK((i / 2 == 0 ? epoll_wait(epoll, &got, 1, -1) : i / 2 == 1 ? epoll_pwait(epoll, &got, 1, -1, NULL)
				: epoll_pwait2(epoll, &got, 1, NULL, NULL)) == 1);
			CHECK(got.events == EPOLLOUT && got.data.u64 == NAME && polled(it.buffer, POLLIN | POLLOUT) == IDLE);
			exit(0);
		}
		await_sleep(child);
		done(&it);
		await_sleep(child);
		done(&it);
		join(child);
		CHECK(!close(epoll));
	}
}

static void what_is_in_it_the_kernel_says(void)
{
	struct scene it = arrange();
	int epoll = epoll_create1(0), gone = dup(it.buffer), events[] = { EPOLLIN, EPOLLOUT, IDLE };

	CHECK(!close(gone));
	for (unsigned i = 0; i < 3; i++) {
		FAILS(control(epoll, EPOLL_CTL_MOD, it.buffer, events[i], 1), ENOENT);
		FAILS(epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL), ENOENT);
		CHECK(!told(epoll));
		CHECK(!control(epoll, EPOLL_CTL_ADD, it.buffer, events[i], NAME));
		for (unsigned j = 0; j < 3; j++)
			FAILS(control(epoll, EPOLL_CTL_ADD, it.buffer, events[j], 2), EEXIST);
		CHECK(told(epoll) == (uint32_t)events[i]);
		CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL) && !told(epoll));
		FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, it.buffer, NULL), EFAULT);
		FAILS(epoll_ctl(epoll, EPOLL_CTL_ADD, it.buffer, (struct epoll_event *)8), EFAULT);
		FAILS(control(gone, EPOLL_CTL_ADD, it.buffer, events[i], 0), EBADF);
		FAILS(control(epoll, EPOLL_CTL_ADD, gone, events[i], 0), EBADF);
		FAILS(control(it.card, EPOLL_CTL_ADD, it.buffer, events[i], 0), EINVAL);
		FAILS(control(it.buffer, EPOLL_CTL_ADD, it.buffer, events[i], 0), EINVAL);
		FAILS(control(epoll, 9, it.buffer, events[i], 0), EINVAL);
		CHECK(!control(epoll, EPOLL_CTL_ADD, it.buffer, (uint32_t)events[i] | EPOLLEXCLUSIVE, NAME) && told(epoll) == (uint32_t)events[i]);
		FAILS(control(epoll, EPOLL_CTL_MOD, it.buffer, events[i], NAME), EINVAL);
		CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL));
	}
}

static void what_is_wanted_can_change(void)
{
	struct scene it = arrange();
	int epoll = watching(it.buffer, EPOLLIN);

	for (unsigned i = 0; i < 3; i++) {
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, EPOLLOUT, i) && told_as(epoll, i) == EPOLLOUT);
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, 0, 7) && !told(epoll));
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, IDLE, 8) && told_as(epoll, 8) == IDLE);
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, EPOLLIN, 9) && told_as(epoll, 9) == EPOLLIN);
		written(&it);
		CHECK(!told(epoll) && !control(epoll, EPOLL_CTL_MOD, it.buffer, IDLE, 10) && !told(epoll));
		done(&it);
		CHECK(told_as(epoll, 10) == IDLE);
		/* One event, of whichever kind. */
		written(&it);
		read_by_one(&it);
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, IDLE | EPOLLONESHOT, 11) && !told(epoll));
		done(&it);
		CHECK(told_as(epoll, 11) == EPOLLIN && !told(epoll));
		done(&it);
		CHECK(!told(epoll) && !control(epoll, EPOLL_CTL_MOD, it.buffer, IDLE | EPOLLONESHOT, 12) && told_as(epoll, 12) == IDLE && !told(epoll));
	}
}

/* Says so, and goes on. */
static void asleep_for_ever(void)
{
	struct scene it = arrange();
	int epoll = watching(it.buffer, EPOLLOUT);
	struct epoll_event event;

	written(&it);
	puts("ready");
	fflush(stdout);
	CHECK(!epoll_wait(epoll, &event, 1, -1));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "it-tells-what-poll-does", it_tells_what_poll_does },
		{ "who-sleeps-is-woken", who_sleeps_is_woken },
		{ "what-is-in-it-the-kernel-says", what_is_in_it_the_kernel_says },
		{ "what-is-wanted-can-change", what_is_wanted_can_change },
		{ "asleep-for-ever", asleep_for_ever },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
