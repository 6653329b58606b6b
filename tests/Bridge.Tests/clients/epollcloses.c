/* How long an epoll tells of a dma-buf: until the last close of it, by whichever number and in whichever process. */
#define _GNU_SOURCE
#include <signal.h>
#include "epoll.h"

static void each_number_is_by_itself(void)
{
	struct scene it = arrange();
	int epoll = watching(it.buffer, EPOLLOUT), other = watching(it.buffer, IDLE), twin = dup(it.buffer);
	struct epoll_event two[3];

	CHECK(!control(epoll, EPOLL_CTL_ADD, twin, IDLE, 2));
	CHECK(epoll_wait(epoll, two, 3, 0) == 2 && two[0].data.u64 + two[1].data.u64 == NAME + 2 && two[0].events + two[1].events == EPOLLOUT + IDLE);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL) && told_as(epoll, 2) == IDLE && told(other) == IDLE);
	/* It is in there until nobody has it. */
	CHECK(!close(it.buffer) && told(other) == IDLE);
	CHECK(!close(twin) && !told(other) && !told(epoll));
}

#define CLOSES 400

/*
 * Whatever the last close is, nothing is told of it after that: what the program knew it by may be gone. Nor is it once, however busy the host is with
 * starting programs: what its copies had, the host has closed only when they had closed it.
 */
static void the_last_close_takes_it_out(void)
{
	struct scene it = arrange();
	int epoll = epoll_create1(0), other = open("/dev/null", O_RDONLY), wanted[] = { EPOLLOUT, IDLE, IDLE | EPOLLET };

	for (unsigned i = 0; i < CLOSES; i++) {
		int buffer = export_buffer(it.card);
		CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, wanted[i % 3], NAME));
		if (i % 2)
			CHECK(told(epoll) == (uint32_t)(wanted[i % 3] & IDLE));
		CHECK(i % 4 == 0 ? !close(buffer) : i % 4 == 1 ? dup2(other, buffer) == buffer : !close_range(buffer, buffer, 0));
		CHECK(!told(epoll));
		close(buffer);
	}
}

/* How many of it and of a pipe's end, which tells nothing, tell of something. */
static int asked_by(unsigned call, int epoll, int other)
{
	struct pollfd fds[2] = { { other, POLLIN, 0 }, { epoll, POLLIN, 0 } };
	fd_set readable, writable;

	FD_ZERO(&readable);
	FD_ZERO(&writable);
	FD_SET(epoll, &readable);
	FD_SET(other, &readable);
	switch (call) {
	case 0:
		return poll(fds, 2, 0);
	case 1:
		return ppoll(fds, 2, &(struct timespec){ 0 }, NULL);
	case 2:
		return select(FD_SETSIZE, &readable, NULL, NULL, &(struct timeval){ 0 });
	default:
		return pselect(FD_SETSIZE, &readable, &writable, NULL, &(struct timespec){ 0 }, NULL);
	}
}

static void who_polls_it_asks_the_same(void)
{
	struct scene it = arrange();
	int epoll = epoll_create1(0), other[2];

	CHECK(!pipe(other));
	for (unsigned i = 0; i < CLOSES; i++) {
		int buffer = export_buffer(it.card);
		CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, EPOLLOUT, NAME));
		CHECK(asked_by(i % 4, epoll, other[0]) == 1);
		CHECK(!close(buffer));
		CHECK(!asked_by(i % 4, epoll, other[0]));
	}
}

static void processes_share_it(void)
{
	struct scene it = arrange();
	int epoll = watching(it.buffer, EPOLLOUT), ends[2];
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		CHECK(told(epoll) == EPOLLOUT);
		FAILS(control(epoll, EPOLL_CTL_ADD, it.buffer, IDLE, 1), EEXIST);
		CHECK(!control(epoll, EPOLL_CTL_MOD, it.buffer, IDLE, 1));
		send_fd(ends[1], epoll);
		close(receive_fd(ends[1]));
		CHECK(!told(epoll) && !control(epoll, EPOLL_CTL_ADD, it.buffer, IDLE, 2));
		exit(0);
	}
	close(receive_fd(ends[0]));
	CHECK(told_as(epoll, 1) == IDLE && !epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL));
	send_fd(ends[0], epoll);
	join(child);
	/* What the child put into it stays, for the dma-buf is still open here. */
	CHECK(told_as(epoll, 2) == IDLE);
	if (!(child = fork()))
		exit(!control(epoll, EPOLL_CTL_MOD, it.buffer, EPOLLOUT, 3) && !close(it.buffer) ? 0 : 1);
	join(child);
	CHECK(told_as(epoll, 3) == EPOLLOUT && !close(it.buffer) && !told(epoll));
}

static void a_program_inherits_it(void)
{
	struct scene it = arrange();
	int epoll = dup(watching(it.buffer, EPOLLOUT)), buffer = fcntl(it.buffer, F_DUPFD, 100);
	char first[16], second[16];

	CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, EPOLLOUT, 1) && !epoll_ctl(epoll, EPOLL_CTL_DEL, it.buffer, NULL));
	sprintf(first, "%d", epoll);
	sprintf(second, "%d", buffer);
	execl("/proc/self/exe", "epolls", "inherited", first, second, NULL);
	CHECK(!"exec");
}

static int inherited(int epoll, int buffer)
{
	CHECK(told_as(epoll, 1) == EPOLLOUT);
	FAILS(control(epoll, EPOLL_CTL_ADD, buffer, IDLE, 1), EEXIST);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, buffer, NULL) && !told(epoll));
	CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, IDLE, 2) && told_as(epoll, 2) == IDLE && !close(buffer) && !told(epoll));
	return 0;
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "each-number-is-by-itself", each_number_is_by_itself },
		{ "the-last-close-takes-it-out", the_last_close_takes_it_out },
		{ "who-polls-it-asks-the-same", who_polls_it_asks_the_same },
		{ "processes-share-it", processes_share_it },
		{ "a-program-inherits-it", a_program_inherits_it },
		{ 0 },
	};

	return argc == 4 ? inherited(atoi(argv[2]), atoi(argv[3])) : run_scenario(all, argc, argv);
}
