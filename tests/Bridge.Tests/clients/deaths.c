/* Waits and deaths: of who waits, of whose fence is waited for, of the board. */
#include <pthread.h>
#include <signal.h>
#include "waiting.h"

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
		{ "the-killed-leave-nothing", the_killed_leave_nothing },
		{ "death-ends-waits", death_ends_waits },
		{ "a-board-that-goes-ends-waits", a_board_that_goes_ends_waits },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
