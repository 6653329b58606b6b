/* What epoll tells of a dma-buf: IN when nobody writes it, OUT when nobody uses it, and nothing else. */
#define _GNU_SOURCE
#include <linux/dma-buf.h>
#include <signal.h>
#include <sys/epoll.h>
#include "timeline.h"

#define IDLE (EPOLLIN | EPOLLOUT)
#define READ EPOLLIN
#define WRITTEN 0u
#define NAME 0x1234567890abcdefull

/* A dma-buf, and what uses it: fences that come in their order. */
struct scene {
	int card, buffer, timeline;
	uint32_t last;
};

static struct scene arrange(void)
{
	struct scene it = { .card = open_card(0, O_RDWR), .timeline = open_timeline() };

	it.buffer = export_buffer(it.card);
	return it;
}

static void use(struct scene *it, uint32_t flags)
{
	struct dma_buf_import_sync_file import = { flags, fence_at(it->timeline, ++it->last) };

	CHECK(!ioctl(it->buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &import) && !close(import.fd));
}

static void written(struct scene *it) { use(it, DMA_BUF_SYNC_WRITE); }
static void read_by_one(struct scene *it) { use(it, DMA_BUF_SYNC_READ); }
static void done(struct scene *it) { move_on(it->timeline, 1); }

static int control(int epoll, int operation, int fd, uint32_t events, uint64_t data)
{
	struct epoll_event event = { events, { .u64 = data } };

	return epoll_ctl(epoll, operation, fd, &event);
}

static int watching(int fd, uint32_t events)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	CHECK(!control(epoll, EPOLL_CTL_ADD, fd, events, NAME));
	return epoll;
}

/* What it is told now, under this name and once. */
static uint32_t told_as(int epoll, uint64_t data)
{
	struct epoll_event events[4];
	int count = epoll_wait(epoll, events, 4, 0);

	CHECK(count == 0 || (count == 1 && events[0].data.u64 == data));
	return count ? events[0].events : 0;
}

static uint32_t told(int epoll)
{
	return told_as(epoll, NAME);
}

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

/* Of so many last closes, this few may be told of for some microseconds: where the host has just started a program, that has copies of all that it had. */
#define CLOSES 400
#define LATE 40
#define PATIENCE 1000

/* Whatever the last close is, nothing is told of it after that: what the program knew it by may be gone. */
static void the_last_close_takes_it_out(void)
{
	struct scene it = arrange();
	int epoll = epoll_create1(0), other = open("/dev/null", O_RDONLY), wanted[] = { EPOLLOUT, IDLE, IDLE | EPOLLET };
	unsigned late = 0;

	for (unsigned i = 0; i < CLOSES; i++) {
		int buffer = export_buffer(it.card);
		CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, wanted[i % 3], NAME));
		if (i % 2)
			CHECK(told(epoll) == (uint32_t)(wanted[i % 3] & IDLE));
		CHECK(i % 4 == 0 ? !close(buffer) : i % 4 == 1 ? dup2(other, buffer) == buffer : !close_range(buffer, buffer, 0));
		for (unsigned again = 0; told(epoll); late += !again++)
			CHECK(again < PATIENCE && late < LATE);
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
	unsigned late = 0;

	CHECK(!pipe(other));
	for (unsigned i = 0; i < CLOSES; i++) {
		int buffer = export_buffer(it.card);
		CHECK(!control(epoll, EPOLL_CTL_ADD, buffer, EPOLLOUT, NAME));
		CHECK(asked_by(i % 4, epoll, other[0]) == 1);
		CHECK(!close(buffer));
		for (unsigned again = 0; asked_by(i % 4, epoll, other[0]); late += !again++)
			CHECK(again < PATIENCE && late < LATE);
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
		{ "each-number-is-by-itself", each_number_is_by_itself },
		{ "the-last-close-takes-it-out", the_last_close_takes_it_out },
		{ "who-polls-it-asks-the-same", who_polls_it_asks_the_same },
		{ "processes-share-it", processes_share_it },
		{ "a-program-inherits-it", a_program_inherits_it },
		{ "asleep-for-ever", asleep_for_ever },
		{ 0 },
	};

	return argc == 4 ? inherited(atoi(argv[2]), atoi(argv[3])) : run_scenario(all, argc, argv);
}
