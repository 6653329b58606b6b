/* Threads that call at the same time, and signals that come in between. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/time.h>
#include "card.h"

#define THREADS 16
#define ROUNDS 100 /* of five calls */

static int card;
static char *holders; /* of handles */

static void *call_everything(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct drm_mode_create_dumb dumb = create(card, 16, 16);
		CHECK(dumb.handle > 0 && dumb.handle <= THREADS);
		CHECK(!__atomic_exchange_n(&holders[dumb.handle], 1, __ATOMIC_SEQ_CST));
		CHECK(offset_of(card, dumb.handle));
		CHECK(works(card));
		if (i % 10 == 0)
			CHECK(!wait_frames(card, 1));
		CHECK(__atomic_exchange_n(&holders[dumb.handle], 0, __ATOMIC_SEQ_CST));
		CHECK(!gem_close(card, dumb.handle));
		CHECK(works(card));
	}
	return unused;
}

static void run_threads(int count, void *(*body)(void *))
{
	pthread_t threads[count];

	for (int i = 0; i < count; i++)
		CHECK(!pthread_create(&threads[i], NULL, body, NULL));
	for (int i = 0; i < count; i++)
		CHECK(!pthread_join(threads[i], NULL));
}

static void calls_do_not_mix(void)
{
	card = open_card(0, O_RDWR);
	uint32_t framebuffer = light(card).framebuffer;

	CHECK(framebuffer && !gem_close(card, 1));
	CHECK((holders = calloc(THREADS + 1, 1)));
	run_threads(THREADS, call_everything);
}

#define WAITS 250 /* nearly as many as there are slots for calls */
#define LONG 100 /* frames */

static pthread_barrier_t all_there;
static uint32_t ends[WAITS];
static unsigned ended;

static void *wait_long(void *unused)
{
	union drm_wait_vblank wait = { .request = { _DRM_VBLANK_RELATIVE, LONG, 0 } };

	pthread_barrier_wait(&all_there);
	CHECK(!ioctl(card, DRM_IOCTL_WAIT_VBLANK, &wait));
	ends[__atomic_fetch_add(&ended, 1, __ATOMIC_SEQ_CST)] = wait.reply.sequence;
	return unused;
}

/* The last begins before the first has ended, whatever else the machine does: in turns they would end a whole wait after each other. */
static void many_threads_wait_at_once(void)
{
	uint32_t first = UINT32_MAX, last = 0;

	card = open_card(0, O_RDWR);
	light(card);
	CHECK(!pthread_barrier_init(&all_there, NULL, WAITS));
	run_threads(WAITS, wait_long);
	for (unsigned i = 0; i < WAITS; i++) {
		first = ends[i] < first ? ends[i] : first;
		last = ends[i] > last ? ends[i] : last;
	}
	CHECK(ended == WAITS && last - first < LONG);
	CHECK(works(card));
}

static void mapping_threads(void)
{
	card = open_card(0, O_RDWR);
	void *body(void *unused)
	{
		for (int i = 0; i < 50; i++) {
			struct drm_mode_create_dumb dumb = create(card, 1024, 2);
			char *at = map(card, &dumb);
			CHECK(at[4096] == 0);
			at[4096] = 1;
			CHECK(!gem_close(card, dumb.handle));
			CHECK(!munmap(at, dumb.size));
		}
		return unused;
	}
	run_threads(8, body);
	CHECK(!close(card));
	set_master(open_card(0, O_RDWR));
}

static volatile sig_atomic_t rang;
static void ring(int signal) { rang++; }

static void listen_for_alarms(int flags)
{
	struct sigaction action = { .sa_handler = ring, .sa_flags = flags };
	struct itimerval soon = { { 0, 20000 }, { 0, 20000 } };

	CHECK(!sigaction(SIGALRM, &action, NULL));
	CHECK(!setitimer(ITIMER_REAL, &soon, NULL));
}

static void stop_alarms(void)
{
	struct itimerval never = { 0 };

	CHECK(!setitimer(ITIMER_REAL, &never, NULL));
}

/* The first CRTC's frame now. No wait, and so none that a signal ends. */
static uint32_t frame_of(int fd)
{
	union drm_wait_vblank wait = { .request = { _DRM_VBLANK_RELATIVE, 0, 0 } };

	CHECK(!ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait));
	return wait.reply.sequence;
}

static void interrupted(int flags)
{
	int fd = open_card(0, O_RDWR), r;
	union drm_wait_vblank wait = { .request = { _DRM_VBLANK_RELATIVE, LONG, 0 } };
	uint32_t target;

	light(fd);
	target = frame_of(fd) + LONG;
	listen_for_alarms(flags);
	FAILS(ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait), EINTR);
	stop_alarms();
	CHECK(rang && wait.request.type == _DRM_VBLANK_ABSOLUTE);
	CHECK(wait.request.sequence >= target && wait.request.sequence <= frame_of(fd) + LONG);
	listen_for_alarms(flags);
	wait.request.sequence = target = frame_of(fd) + LONG;
	FAILS(ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait), EINTR);
	CHECK(wait.request.type == _DRM_VBLANK_ABSOLUTE && wait.request.sequence == target);
	wait.request.sequence = target = frame_of(fd) + 10;
	while ((r = ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait)) && errno == EINTR)
		;
	stop_alarms();
	CHECK(!r && wait.reply.sequence >= target && wait.reply.sequence <= frame_of(fd));
	CHECK(works(fd));
}

static void a_signal_interrupts(void) { interrupted(0); }
static void a_signal_interrupts_in_spite_of_restart(void) { interrupted(SA_RESTART); }

/* Calls that do not wait for a frame are not given up. */
static void signals_harm_no_other_call(void)
{
	struct itimerval often = { { 0, 500 }, { 0, 500 } };
	int fd = open_card(0, O_RDWR);

	listen_for_alarms(0);
	CHECK(!setitimer(ITIMER_REAL, &often, NULL));
	while (rang < 200) {
		struct drm_mode_create_dumb dumb = create(fd, 1024, 1);
		char *at = map(fd, &dumb);
		at[0] = 1;
		CHECK(!munmap(at, dumb.size) && !gem_close(fd, dumb.handle));
	}
	stop_alarms();
}

static volatile sig_atomic_t handled;

static void call_in_handler(int signal)
{
	int error = errno;

	CHECK(!gem_close(card, create(card, 16, 16).handle));
	handled++;
	errno = error;
}

static void a_handler_may_call(void)
{
	struct sigaction action = { .sa_handler = call_in_handler };
	struct itimerval often = { { 0, 1000 }, { 0, 1000 } };

	card = open_card(0, O_RDWR);
	CHECK(!sigaction(SIGALRM, &action, NULL));
	CHECK(!setitimer(ITIMER_REAL, &often, NULL));
	while (handled < 100)
		CHECK(works(card));
	stop_alarms();
}

static void a_read_is_interrupted(void)
{
	struct drm_event_vblank event;
	int fd = open_card(0, O_RDWR);

	light(fd);
	listen_for_alarms(0);
	FAILS(read(fd, &event, sizeof event), EINTR);
	struct pollfd one = { fd, POLLIN, 0 };
	FAILS(poll(&one, 1, -1), EINTR);
	listen_for_alarms(SA_RESTART);
	CHECK(!want_event(fd, 10, 3));
	CHECK(next_event(fd).user_data == 3);
	stop_alarms();
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "calls-do-not-mix", calls_do_not_mix },
		{ "many-threads-wait-at-once", many_threads_wait_at_once },
		{ "mapping-threads", mapping_threads },
		{ "a-signal-interrupts", a_signal_interrupts },
		{ "a-signal-interrupts-in-spite-of-restart", a_signal_interrupts_in_spite_of_restart },
		{ "signals-harm-no-other-call", signals_harm_no_other_call },
		{ "a-handler-may-call", a_handler_may_call },
		{ "a-read-is-interrupted", a_read_is_interrupted },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
