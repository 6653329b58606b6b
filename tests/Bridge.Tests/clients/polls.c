/* Events: what poll and its like report. */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/select.h>
#include "card.h"

static int lit(void)
{
	int fd = open_card(0, O_RDWR);

	light(fd);
	return fd;
}

static void poll_reports_in_only(void)
{
	int fd = lit();
	struct timespec now = { 0, 0 };

	CHECK(polled(fd, POLLIN | POLLOUT | POLLWRNORM) == 0);
	CHECK(!want_event(fd, 0, 1));
	CHECK(polled(fd, POLLIN | POLLOUT | POLLWRNORM) == POLLIN);
	CHECK(polled(fd, POLLOUT) == 0);
	struct pollfd one = { fd, POLLIN | POLLOUT, 0 };
	CHECK(ppoll(&one, 1, &now, NULL) == 1 && one.revents == POLLIN && one.events == (POLLIN | POLLOUT));
	next_event(fd);
	CHECK(ppoll(&one, 1, &now, NULL) == 0 && one.revents == 0);
}

static void poll_wakes(void)
{
	int fd = lit();
	struct pollfd one = { fd, POLLIN, 0 };

	CHECK(!want_event(fd, 2, 1));
	CHECK(poll(&one, 1, -1) == 1 && one.revents == POLLIN);
	CHECK(next_event(fd).user_data == 1);
}

static void select_reports_in_only(void)
{
	int fd = lit();
	fd_set in, out;
	struct timeval now = { 0, 0 }, long_time = { 10, 0 };

	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(fd, &in);
	FD_SET(fd, &out);
	CHECK(select(fd + 1, &in, &out, NULL, &now) == 0);
	CHECK(!want_event(fd, 2, 1));
	FD_SET(fd, &in);
	FD_SET(fd, &out);
	CHECK(select(fd + 1, &in, &out, NULL, &long_time) == 1);
	CHECK(FD_ISSET(fd, &in) && !FD_ISSET(fd, &out));
	FD_SET(fd, &out);
	CHECK(pselect(fd + 1, &in, &out, NULL, NULL, NULL) == 1);
	CHECK(FD_ISSET(fd, &in) && !FD_ISSET(fd, &out));
}

static void epoll_reports_in_only(void)
{
	int fd = lit(), epoll;
	struct epoll_event wanted = { EPOLLIN | EPOLLOUT, { .u64 = 77 } }, got;

	CHECK((epoll = epoll_create1(0)) >= 0);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &wanted));
	CHECK(wanted.events == (EPOLLIN | EPOLLOUT));
	CHECK(epoll_wait(epoll, &got, 1, 0) == 0);
	CHECK(!want_event(fd, 2, 1));
	CHECK(epoll_wait(epoll, &got, 1, -1) == 1 && got.data.u64 == 77 && got.events == EPOLLIN);
	wanted.events = EPOLLOUT;
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &wanted));
	CHECK(epoll_wait(epoll, &got, 1, 0) == 0);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "poll-reports-in-only", poll_reports_in_only },
		{ "poll-wakes", poll_wakes },
		{ "select-reports-in-only", select_reports_in_only },
		{ "epoll-reports-in-only", epoll_reports_in_only },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
