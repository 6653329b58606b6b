/* How a wait ends for who waits: with what it waits for, in time, by a signal. */
#include <signal.h>
#include <sys/time.h>
#include "waiting.h"

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
		do {
			it.until = now() + 30000000;
			expect(&kinds[i], interrupted(&kinds[i], &it), ETIME);
			CHECK(now() >= it.until);
		} while (!rang);
		put_away(&it);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario scenarios[] = {
		{ "waits-end-with-what-they-wait-for", waits_end_with_what_they_wait_for },
		{ "waits-end-in-time", waits_end_in_time },
		{ "signals-end-waits", signals_end_waits },
		{ "waits-go-on-after-signals-that-restart", waits_go_on_after_signals_that_restart },
		{ 0 },
	};

	return run_scenario(scenarios, argc, argv);
}
