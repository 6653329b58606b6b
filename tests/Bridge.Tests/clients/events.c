/* Events: what read takes, and what space they have. */
#define _GNU_SOURCE
#include <sys/uio.h>
#include <pthread.h>
#include "card.h"

#define SPACE 128 /* events of 32 bytes in 4,096 bytes */

static int lit(void)
{
	int fd = open_card(0, O_RDWR);

	light(fd);
	return fd;
}

static void read_waits(void)
{
	int fd = lit();

	CHECK(!want_event(fd, 2, 5));
	CHECK(next_event(fd).user_data == 5);
}

static void read_does_not_wait(void)
{
	char buffer[64];
	int on = 1, fd = lit();
	int nonblocking = open_card(0, O_RDWR | O_NONBLOCK);

	FAILS(read(nonblocking, buffer, sizeof buffer), EAGAIN);
	CHECK(!fcntl(fd, F_SETFL, O_NONBLOCK));
	FAILS(read(fd, buffer, sizeof buffer), EAGAIN);
	CHECK(!fcntl(fd, F_SETFL, 0));
	CHECK(!ioctl(fd, FIONBIO, &on));
	FAILS(read(fd, buffer, 0), EAGAIN);
	CHECK(!want_event(fd, 0, 1));
	CHECK(read(fd, buffer, sizeof buffer) == 32);
}

static void short_reads_keep_events(void)
{
	char buffer[128];
	int fd = lit();

	for (unsigned i = 1; i <= 4; i++)
		CHECK(!want_event(fd, 0, i));
	CHECK(read(fd, buffer, 31) == 0);
	CHECK(read(fd, buffer, 0) == 0);
	CHECK(polled(fd, POLLIN) == POLLIN);
	CHECK(read(fd, buffer, 33) == 32 && ((struct drm_event_vblank *)buffer)->user_data == 1);
	CHECK(read(fd, buffer, 70) == 64);
	CHECK(((struct drm_event_vblank *)buffer)->user_data == 2 && ((struct drm_event_vblank *)(buffer + 32))->user_data == 3);
	CHECK(next_event(fd).user_data == 4);
	CHECK(polled(fd, POLLIN) == 0);
}

static void read_takes_several(void)
{
	struct drm_event_vblank events[8];
	int fd = lit();

	for (unsigned i = 0; i < 5; i++)
		CHECK(!want_event(fd, 0, i));
	CHECK(read(fd, events, sizeof events) == 5 * sizeof *events);
	for (unsigned i = 0; i < 5; i++)
		CHECK(events[i].user_data == i && events[i].base.type == DRM_EVENT_VBLANK);
}

/* Each vector is a read of its own, and one that is not filled is the last. */
static void readv_reads_vector_by_vector(void)
{
	char a[32], b[64], c[40], d[64];
	struct iovec vector[] = { { a, sizeof a }, { b, sizeof b }, { c, sizeof c }, { d, sizeof d } };
	int fd = lit();

	for (unsigned i = 0; i < 6; i++)
		CHECK(!want_event(fd, 0, i));
	CHECK(readv(fd, vector, 4) == 128);
	CHECK(((struct drm_event_vblank *)b)->user_data == 1 && ((struct drm_event_vblank *)c)->user_data == 3);
	CHECK(readv(fd, vector + 3, 1) == 64);
	CHECK(((struct drm_event_vblank *)d)->user_data == 4);
	CHECK(!fcntl(fd, F_SETFL, O_NONBLOCK));
	FAILS(readv(fd, vector, 4), EAGAIN);
	CHECK(!want_event(fd, 0, 7));
	CHECK(readv(fd, vector, 4) == 32);
}

static void a_bad_buffer_costs_no_event(void)
{
	char *volatile nowhere = (char *)8;
	int fd = lit();

	CHECK(!want_event(fd, 0, 9));
	FAILS(read(fd, nowhere - 8, 64), EFAULT);
	FAILS(read(fd, nowhere, 4096), EFAULT);
	CHECK(next_event(fd).user_data == 9);
}

/* Refused at once, and not when an event comes: nobody's memory is there. */
static void no_address_waits_for_no_event(void)
{
	char *volatile nowhere = (char *)-1;
	int fd = lit();

	FAILS(read(fd, nowhere, 4096), EFAULT);
	FAILS(readv(fd, &(struct iovec){ nowhere, 4096 }, 1), EFAULT);
	CHECK(!fcntl(fd, F_SETFL, O_NONBLOCK));
	FAILS(read(fd, nowhere, 4096), EFAULT);
}

static void an_event_goes_into_a_buffer_of_the_card(void)
{
	int fd = lit();
	struct drm_mode_create_dumb dumb = create(fd, 32, 32);
	char *at;

	CHECK((at = mmap(NULL, dumb.size, PROT_WRITE, MAP_SHARED, fd, offset_of(fd, dumb.handle))) != MAP_FAILED);
	CHECK(!want_event(fd, 0, 3));
	CHECK(read(fd, at, dumb.size) == sizeof(struct drm_event_vblank));
	CHECK(((struct drm_event_vblank *)map(fd, &dumb))->user_data == 3);
	CHECK(!munmap(at, dumb.size));
}

static void fill(int fd)
{
	for (unsigned i = 0; i < SPACE; i++)
		CHECK(!want_event(fd, 0, i));
	FAILS(want_event(fd, 0, SPACE), ENOMEM);
}

static void space_is_4096_bytes(void)
{
	struct drm_event_vblank events[SPACE];
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	struct screen screen = light(fd);

	fill(fd);
	FAILS(flip(fd, &screen, 1), ENOMEM);
	CHECK(!want_event(other, 0, 1));
	CHECK(read(fd, events, 70) == 64);
	CHECK(!flip(fd, &screen, 1));
	CHECK(!want_event(fd, 0, SPACE));
	FAILS(want_event(fd, 0, SPACE), ENOMEM);
	CHECK(!wait_frames(fd, 2));
	CHECK(read(fd, events, sizeof events) == sizeof events);
	fill(fd);
}

/* What is reserved and not there yet counts as well. */
static void space_is_taken_when_asked_for(void)
{
	int fd = lit();

	for (unsigned i = 0; i < SPACE; i++)
		CHECK(!want_event(fd, 100000, i));
	FAILS(want_event(fd, 0, SPACE), ENOMEM);
	CHECK(polled(fd, POLLIN) == 0);
}

static void a_child_that_reads_makes_space(void)
{
	struct drm_event_vblank events[3];
	int fd = lit();
	pid_t child;

	fill(fd);
	if (!(child = fork())) {
		CHECK(read(fd, events, sizeof events) == sizeof events);
		_exit(0);
	}
	join(child);
	for (unsigned i = 0; i < 3; i++)
		CHECK(!want_event(fd, 0, i));
	FAILS(want_event(fd, 0, 3), ENOMEM);
	CHECK(next_event(fd).user_data == 3);
}

static void no_event_comes_after_close(void)
{
	int fd = lit(), other = open_card(0, O_RDWR), again;

	CHECK(!want_event(other, 2, 1));
	CHECK(!close(other));
	CHECK((again = open_card(0, O_RDWR)) == other);
	CHECK(!wait_frames(fd, 4));
	CHECK(polled(again, POLLIN) == 0);
}

static void it_is_no_stream_and_no_socket(void)
{
	char buffer[64] = { 0 };
	struct iovec vector = { buffer, sizeof buffer };
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
	int count, fd = lit(), type;
	socklen_t length = sizeof type;

	FAILS(write(fd, buffer, sizeof buffer), EINVAL);
	FAILS(writev(fd, &vector, 1), EINVAL);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && lseek(fd, 100, SEEK_CUR) == 0 && lseek(fd, 7, SEEK_END) == 0);
	FAILS(recv(fd, buffer, sizeof buffer, 0), ENOTSOCK);
	FAILS(recvfrom(fd, buffer, sizeof buffer, 0, NULL, NULL), ENOTSOCK);
	FAILS(recvmsg(fd, &message, 0), ENOTSOCK);
	FAILS(send(fd, buffer, sizeof buffer, 0), ENOTSOCK);
	FAILS(sendto(fd, buffer, sizeof buffer, 0, NULL, 0), ENOTSOCK);
	FAILS(sendmsg(fd, &message, 0), ENOTSOCK);
	FAILS(getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length), ENOTSOCK);
	FAILS(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &type, sizeof type), ENOTSOCK);
	FAILS(shutdown(fd, SHUT_RDWR), ENOTSOCK);
	FAILS(ioctl(fd, FIONREAD, &count), ENOTTY);
	FAILS(ioctl(fd, TIOCOUTQ, &count), ENOTTY);
	CHECK(!ioctl(fd, FIOCLEX) && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(!ioctl(fd, FIONCLEX) && fcntl(fd, F_GETFD) == 0);
	CHECK(works(fd));
}

static void flips_come_once_a_frame(void)
{
	int fd = open_card(0, O_RDWR);
	struct screen screen = light(fd);
	double period = (double)screen.mode.htotal * screen.mode.vtotal / (screen.mode.clock * 1000.0), last = 0;
	uint32_t sequence = 0, steps = 0;

	/* One a frame, where the machine has time for this process: until that is seen often enough. */
	for (unsigned i = 0; i < 60 || (steps <= 20 && i < 2000); i++) {
		struct timespec before, after;
		CHECK(!clock_gettime(CLOCK_MONOTONIC, &before));
		CHECK(!flip(fd, &screen, i));
		struct drm_event_vblank event = next_event(fd);
		CHECK(!clock_gettime(CLOCK_MONOTONIC, &after));
		CHECK(event.base.type == DRM_EVENT_FLIP_COMPLETE && event.user_data == i && event.crtc_id == screen.crtc);
		double at = event.tv_sec + event.tv_usec / 1e6;
		/* A frame more where the machine had no time for this process, and the times say so too. */
		CHECK(!i || (event.sequence > sequence && (at - last) / (event.sequence - sequence) / period > 0.99
			&& (at - last) / (event.sequence - sequence) / period < 1.01));
		steps += event.sequence == sequence + 1;
		sequence = event.sequence;
		last = at;
		/* The time is the frame's own and may be rounded down to a microsecond. */
		CHECK(at > before.tv_sec + before.tv_nsec / 1e9 - period && at < after.tv_sec + after.tv_nsec / 1e9);
	}
	CHECK(steps > 20);
}

static int shared;
static uint64_t seen[2];

static void *read_all(void *which)
{
	struct drm_event_vblank event;
	char *buffer = (char *)&event;

	while (read(shared, buffer, sizeof event) == sizeof event && event.user_data)
		__atomic_fetch_add(&seen[event.user_data % 2], event.user_data, __ATOMIC_RELAXED);
	return NULL;
}

static void insist(int fd, unsigned user)
{
	int error = 0;

	while (want_event(fd, 0, user) && (error = errno) == ENOMEM)
		error = 0;
	CHECK(!error);
}

static void readers_share_events(void)
{
	pthread_t threads[4];
	uint64_t all = 0;

	shared = lit();
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_create(&threads[i], NULL, read_all, NULL));
	for (unsigned i = 1; i <= 1000; all += i++)
		insist(shared, i);
	for (int i = 0; i < 4; i++)
		insist(shared, 0);
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_join(threads[i], NULL));
	CHECK(seen[0] + seen[1] == all);
}

static unsigned woken;

static void *read_too_little(void *none)
{
	char byte;

	CHECK(read(shared, &byte, sizeof byte) == 0);
	__atomic_fetch_add(&woken, 1, __ATOMIC_RELAXED);
	return none;
}

/* For none of them takes it. */
static void one_event_wakes_all_who_take_none(void)
{
	enum { READERS = 4 };
	pthread_t threads[READERS];

	shared = lit();
	for (unsigned round = 1; round <= 20; round++) {
		for (int i = 0; i < READERS; i++)
			CHECK(!pthread_create(&threads[i], NULL, read_too_little, NULL));
		CHECK(!want_event(shared, round % 3, round));
		for (int i = 0; i < READERS; i++)
			CHECK(!pthread_join(threads[i], NULL));
		CHECK(woken == READERS * round && next_event(shared).user_data == round);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "read-waits", read_waits },
		{ "read-does-not-wait", read_does_not_wait },
		{ "short-reads-keep-events", short_reads_keep_events },
		{ "read-takes-several", read_takes_several },
		{ "readv-reads-vector-by-vector", readv_reads_vector_by_vector },
		{ "a-bad-buffer-costs-no-event", a_bad_buffer_costs_no_event },
		{ "no-address-waits-for-no-event", no_address_waits_for_no_event },
		{ "an-event-goes-into-a-buffer-of-the-card", an_event_goes_into_a_buffer_of_the_card },
		{ "one-event-wakes-all-who-take-none", one_event_wakes_all_who_take_none },
		{ "space-is-4096-bytes", space_is_4096_bytes },
		{ "space-is-taken-when-asked-for", space_is_taken_when_asked_for },
		{ "a-child-that-reads-makes-space", a_child_that_reads_makes_space },
		{ "no-event-comes-after-close", no_event_comes_after_close },
		{ "it-is-no-stream-and-no-socket", it_is_no_stream_and_no_socket },
		{ "flips-come-once-a-frame", flips_come_once_a_frame },
		{ "readers-share-events", readers_share_events },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
