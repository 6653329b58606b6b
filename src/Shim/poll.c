/* A card in poll and its like: it reports events to read, and never that it can be written, as its socket would. */
#define _GNU_SOURCE
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include "next.h"
#include "shim.h"

#define WRITABLE (POLLOUT | POLLWRNORM | POLLWRBAND)

static bool hide_writable(struct pollfd *fds, nfds_t count, short *asked)
{
	bool any = false;

	for (nfds_t i = 0; i < count; i++) {
		asked[i] = fds[i].events;
		if (fds[i].events & WRITABLE && look_at(fds[i].fd, NULL) == CARD) {
			fds[i].events &= ~WRITABLE;
			any = true;
		}
	}
	return any;
}

static int poll_cards(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	short asked[count < 1024 ? count + 1 : 1];
	bool hidden = armed && count < 1024 && hide_writable(fds, count, asked);
	int r = next_ppoll(fds, count, limit, mask);

	for (nfds_t i = 0; hidden && i < count; i++)
		fds[i].events = asked[i];
	return r;
}

PUBLIC int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	struct timespec limit = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

	return armed ? poll_cards(fds, count, milliseconds < 0 ? NULL : &limit, NULL) : next_poll(fds, count, milliseconds);
}

PUBLIC int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	return poll_cards(fds, count, limit, mask);
}

PUBLIC int __poll_chk(struct pollfd *fds, nfds_t count, int milliseconds, size_t room)
{
	if (room / sizeof *fds < count)
		__builtin_trap();
	return poll(fds, count, milliseconds);
}

PUBLIC int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask, size_t room)
{
	if (room / sizeof *fds < count)
		__builtin_trap();
	return ppoll(fds, count, limit, mask);
}

static void drop_writable(int count, fd_set *writable)
{
	for (int fd = 0; armed && writable && fd < count; fd++)
		if (FD_ISSET(fd, writable) && look_at(fd, NULL) == CARD)
			FD_CLR(fd, writable);
}

PUBLIC int select(int count, fd_set *readable, fd_set *writable, fd_set *urgent, struct timeval *limit)
{
	drop_writable(count, writable);
	return next_select(count, readable, writable, urgent, limit);
}

PUBLIC int pselect(int count, fd_set *readable, fd_set *writable, fd_set *urgent, const struct timespec *limit, const sigset_t *mask)
{
	drop_writable(count, writable);
	return next_pselect(count, readable, writable, urgent, limit, mask);
}

PUBLIC int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	struct epoll_event readable;

	if (event && operation != EPOLL_CTL_DEL && event->events & WRITABLE && look_at(fd, NULL) == CARD) {
		readable = *event;
		readable.events &= ~(uint32_t)WRITABLE;
		event = &readable;
	}
	return (int)returned(raw(SYS_epoll_ctl, epoll, operation, fd, event));
}
