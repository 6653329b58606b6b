/* A client whose daemon ends, or is stopped, while it is in a state that it has told of. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include "card.h"

#define THREADS 40

static int card;
static char *pixels;
static struct drm_mode_create_dumb buffer;

static void say(const char *word)
{
	CHECK(write(1, word, strlen(word)) == (ssize_t)strlen(word));
}

/* The test ends or stops the daemon when it sees that this process sleeps. */
static void ready(void) { say("ready\n"); }

static void wait_for_word(void)
{
	char byte;

	ready();
	CHECK(read(0, &byte, 1) == 1);
	ready();
}

static void begin(void)
{
	card = open_card(0, O_RDWR);
	light(card);
	buffer = create(card, 64, 64);
	pixels = map(card, &buffer);
	pixels[7] = 7;
}

static void hang_up(void)
{
	struct pollfd one = { card, 0, 0 };

	CHECK(poll(&one, 1, -1) == 1 && one.revents & POLLHUP);
}

/* Of a device that is gone: every call fails, as often as it is tried; what is mapped stays. */
static void gone(void)
{
	struct drm_event_vblank event;
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };

	for (int i = 0; i < 600; i++)
		FAILS(ioctl(card, DRM_IOCTL_GET_CAP, &cap), ENODEV);
	FAILS(read(card, &event, sizeof event), ENODEV);
	CHECK(polled(card, POLLIN) & POLLHUP);
	FAILS(mmap(NULL, buffer.size, PROT_READ, MAP_SHARED, card, 0x10000000), ENODEV);
	errno = 0;
	if (open("/dev/dri/card0", O_RDWR) >= 0 || (errno != ENODEV && errno != ENOENT))
		CHECK(!"a card is there");
	CHECK(pixels[7] == 7 && (pixels[8] = 8) == 8);
	CHECK(!munmap(pixels, buffer.size));
	CHECK(!close(card));
	FAILS(fcntl(card, F_GETFD), EBADF);
}

static void idle(void)
{
	begin();
	ready();
	hang_up();
	gone();
}

static void polling(void)
{
	struct pollfd one;

	begin();
	one = (struct pollfd){ card, POLLIN, 0 };
	ready();
	CHECK(poll(&one, 1, -1) == 1 && one.revents & POLLHUP);
	gone();
}

static void epolling(void)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	int epoll = epoll_create1(0);

	begin();
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, card, &event));
	ready();
	CHECK(epoll_wait(epoll, &event, 1, -1) == 1 && event.events & EPOLLHUP);
	gone();
}

static void selecting(void)
{
	fd_set readable;

	begin();
	FD_ZERO(&readable);
	FD_SET(card, &readable);
	ready();
	CHECK(select(card + 1, &readable, NULL, NULL, NULL) == 1);
	gone();
}

static void reading(void)
{
	struct drm_event_vblank event;

	begin();
	ready();
	FAILS(read(card, &event, sizeof event), ENODEV);
	gone();
}

/* What was delivered can still be read. */
static void late_reading(void)
{
	struct pollfd one;

	begin();
	CHECK(!want_event(card, 0, 11) && !want_event(card, 0, 12));
	one = (struct pollfd){ card, POLLIN, 0 };
	CHECK(poll(&one, 1, -1) == 1);
	ready();
	hang_up();
	CHECK(next_event(card).user_data == 11 && next_event(card).user_data == 12);
	gone();
}

static void waiting(void)
{
	begin();
	ready();
	FAILS(wait_frames(card, 1000000), ENODEV);
	gone();
}

static void calling(void)
{
	int error;

	begin();
	ready();
	while (works(card))
		;
	error = errno;
	CHECK(error == ENODEV);
	gone();
}

static int left;

static void *wait_in_thread(void *unused)
{
	if (!__atomic_sub_fetch(&left, 1, __ATOMIC_SEQ_CST))
		ready();
	FAILS(wait_frames(card, 1000000), ENODEV);
	return unused;
}

static void run_threads(int count, void *(*body)(void *))
{
	pthread_t threads[count];

	left = count;
	for (int i = 0; i < count; i++)
		CHECK(!pthread_create(&threads[i], NULL, body, NULL));
	for (int i = 0; i < count; i++)
		CHECK(!pthread_join(threads[i], NULL));
}

static void waiting_threads(void)
{
	begin();
	run_threads(THREADS, wait_in_thread);
	gone();
}

/* A child has not attached itself yet. */
static void a_child(void)
{
	pid_t child;

	begin();
	ready();
	hang_up();
	if (!(child = fork())) {
		gone();
		_exit(0);
	}
	join(child);
	gone();
}

/* From here on the daemon is stopped, and goes on. */
static char held[1 + THREADS];

static void *call_in_thread(void *unused)
{
	struct drm_mode_create_dumb mine;
	char *at;

	CHECK(works(card));
	mine = create(card, 64, 64);
	CHECK(mine.handle <= 2 + THREADS && mine.pitch == 256 && !__atomic_exchange_n(&held[mine.handle - 2], 1, __ATOMIC_SEQ_CST));
	at = map(card, &mine);
	CHECK(at[0] == 0 && (at[0] = 1));
	return unused;
}

static void stopped_threads(void)
{
	begin();
	wait_for_word();
	run_threads(THREADS, call_in_thread);
	CHECK(pixels[7] == 7 && works(card));
}

static void stopped_open(void)
{
	begin();
	wait_for_word();
	CHECK(works(open_card(0, O_RDWR)));
}

static void ring(int signal) { say("rang\n"); }

static void listen_for(int signal)
{
	struct sigaction action = { .sa_handler = ring };

	CHECK(!sigaction(signal, &action, NULL));
}

static void stopped_and_signalled(void)
{
	begin();
	listen_for(SIGUSR1);
	wait_for_word();
	CHECK(works(card));
	CHECK(create(card, 64, 64).handle == buffer.handle + 1);
}

static void stopped_and_interrupted(void)
{
	begin();
	listen_for(SIGUSR1);
	wait_for_word();
	FAILS(wait_frames(card, 1000000), EINTR);
	CHECK(works(card));
}

/* Never to go on again: it dies with the call unread, and the events that it had sent are still there. */
static void stopped_and_killed(void)
{
	begin();
	CHECK(!want_event(card, 0, 11) && !want_event(card, 0, 12));
	CHECK(polled(card, POLLIN) == POLLIN);
	wait_for_word();
	FAILS(wait_frames(card, 1000000), ENODEV);
	CHECK(next_event(card).user_data == 11 && next_event(card).user_data == 12);
	gone();
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "idle", idle }, { "polling", polling }, { "epolling", epolling }, { "selecting", selecting }, { "reading", reading },
		{ "late-reading", late_reading }, { "waiting", waiting }, { "calling", calling }, { "waiting-threads", waiting_threads },
		{ "a-child", a_child }, { "stopped-threads", stopped_threads }, { "stopped-open", stopped_open },
		{ "stopped-and-signalled", stopped_and_signalled }, { "stopped-and-interrupted", stopped_and_interrupted },
		{ "stopped-and-killed", stopped_and_killed }, { 0 },
	};

	return run_scenario(all, argc, argv);
}
