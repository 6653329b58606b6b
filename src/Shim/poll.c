/* Ours in poll and its like: a card reports events to read, and never that it can be written, as its socket would. */
#define _GNU_SOURCE
#include <poll.h>
#include <sys/select.h>
#include <time.h>
#include "next.h"
#include "shared.h"
#include "uevents.h"

#define WRITABLE (POLLOUT | POLLWRNORM | POLLWRBAND)
#define NANO 1000000000ll

/* A dma-buf that is being written polls neither, where an empty pipe is writable: it is waited for until it is readable, and then asked again. */
static bool translate(struct pollfd *fds, nfds_t count, short *asked)
{
	bool any = false;

	for (nfds_t i = 0; i < count; i++) {
		asked[i] = fds[i].events;
		enum kind kind = fds[i].events & WRITABLE ? look_at(fds[i].fd, NULL) : NOT_OURS;
		if (kind == CARD)
			fds[i].events &= ~WRITABLE;
		else if (is_buffer(kind) && is_written(fds[i].fd))
			fds[i].events = POLLIN;
		any |= fds[i].events != asked[i];
	}
	return any;
}

/* How many have something to report that was asked for. */
static int answers(struct pollfd *fds, nfds_t count, const short *asked)
{
	struct timespec now = { 0, 0 };
	int ready = 0;

	for (nfds_t i = 0; i < count; i++) {
		bool is_changed = fds[i].events != asked[i] && is_buffer(look_at(fds[i].fd, NULL));
		fds[i].events = asked[i];
		if (is_changed && fds[i].revents && (is_written(fds[i].fd) || raw(SYS_ppoll, &fds[i], 1, &now, 0, 0) < 0))
			fds[i].revents = 0;
		ready += fds[i].revents != 0;
	}
	return ready;
}

static struct timespec until(const struct timespec *limit)
{
	struct timespec now;

	raw(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	return (struct timespec){ now.tv_sec + limit->tv_sec + (now.tv_nsec + limit->tv_nsec) / NANO, (now.tv_nsec + limit->tv_nsec) % NANO };
}

static struct timespec left(const struct timespec *end)
{
	struct timespec now;

	raw(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
	long long left = (end->tv_sec - now.tv_sec) * NANO + end->tv_nsec - now.tv_nsec;
	return left > 0 ? (struct timespec){ left / NANO, left % NANO } : (struct timespec){ 0, 0 };
}

static bool is_look(const struct timespec *limit)
{
	return limit && !limit->tv_sec && !limit->tv_nsec;
}

/* Who looks, and does not wait, sees what is over by all that was closed. */
static bool settle_one(int fd, bool look)
{
	bool awaited = look && is_awaited(fd);

	if (awaited)
		settle_all();
	return awaited || settle(fd, look);
}

static void settle_any(const struct pollfd *fds, nfds_t count, bool look)
{
	for (nfds_t i = 0; (look || may_have_fences) && i < count; i++)
		if (settle_one(fds[i].fd, look))
			return;
}

static int poll_translated(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	settle_any(fds, count, is_look(limit));
	short asked[count < 1024 ? count + 1 : 1];
	struct timespec end = { 0 }, rest;
	bool hidden = armed && count < 1024 && translate(fds, count, asked);
	int r;

	if (!hidden)
		return next_ppoll(fds, count, limit, mask);
	if (limit) {
		end = until(limit);
		rest = *limit;
	}
	for (;;) {
		r = next_ppoll(fds, count, limit ? &rest : NULL, mask);
		int ready = answers(fds, count, asked);
		if (r <= 0)
			return r;
		if (ready)
			return ready;
		translate(fds, count, asked);
		if (limit)
			rest = left(&end);
	}
}

static bool has_lost(const struct pollfd *fd)
{
	return look_at_socket(fd->fd, NULL) == MONITOR && has_overrun(fd->fd);
}

/* A netlink socket that had no room says so, whatever is asked of it. One that is asked for input wakes who waits by that. */
static int poll_ours(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	static const struct timespec at_once;

	for (nfds_t i = 0; may_have_monitors && i < count; i++)
		if (!(fds[i].events & POLLIN) && has_lost(&fds[i]))
			limit = &at_once;
	int ready = poll_translated(fds, count, limit, mask);
	for (nfds_t i = 0; may_have_monitors && ready >= 0 && i < count; i++)
		if ((fds[i].revents || !(fds[i].events & POLLIN)) && has_lost(&fds[i])) {
			ready += !fds[i].revents;
			fds[i].revents |= POLLERR;
		}
	return ready;
}

PUBLIC int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	struct timespec limit = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

	return armed ? poll_ours(fds, count, milliseconds < 0 ? NULL : &limit, NULL) : next_poll(fds, count, milliseconds);
}

PUBLIC int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
	return poll_ours(fds, count, limit, mask);
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

/* What select asks, as poll does: only where one of ours is asked about. */
static bool concerns_ours(int count, fd_set *writable)
{
	for (int fd = 0; armed && writable && fd < count; fd++)
		if (FD_ISSET(fd, writable) && look_at(fd, NULL))
			return true;
	return false;
}

static void settle_selected(int count, const fd_set *readable, bool look)
{
	for (int fd = 0; armed && (look || may_have_fences) && readable && fd < count; fd++)
		if (FD_ISSET(fd, readable) && settle_one(fd, look))
			return;
}

static int select_ours(int count, fd_set *sets[3], const struct timespec *limit, const sigset_t *mask)
{
	static const short wanted[3] = { POLLIN | POLLRDNORM | POLLRDBAND, POLLOUT | POLLWRNORM | POLLWRBAND, POLLPRI };
	static const short told[3] = { POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR, POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR, POLLPRI };
	struct pollfd fds[FD_SETSIZE];
	nfds_t used = 0;
	int r, bits = 0;

	for (int fd = 0; fd < count && fd < FD_SETSIZE; fd++) {
		fds[used] = (struct pollfd){ fd, 0, 0 };
		for (int i = 0; i < 3; i++)
			fds[used].events |= sets[i] && FD_ISSET(fd, sets[i]) ? wanted[i] : 0;
		used += fds[used].events != 0;
	}
	r = poll_ours(fds, used, limit, mask);
	for (nfds_t k = 0; r >= 0 && k < used; k++)
		if (fds[k].revents & POLLNVAL)
			return (int)returned(-EBADF);
	for (int i = 0; r >= 0 && i < 3; i++)
		for (nfds_t k = 0; sets[i] && k < used; k++) {
			bool set = FD_ISSET(fds[k].fd, sets[i]) && fds[k].revents & told[i];
			if (!set)
				FD_CLR(fds[k].fd, sets[i]);
			bits += set;
		}
	return r < 0 ? r : bits;
}

PUBLIC int select(int count, fd_set *readable, fd_set *writable, fd_set *urgent, struct timeval *limit)
{
	struct timespec as = { 0 }, end;

	if (!concerns_ours(count, writable)) {
		settle_selected(count, readable, limit && !limit->tv_sec && !limit->tv_usec);
		return next_select(count, readable, writable, urgent, limit);
	}
	if (limit) {
		as = (struct timespec){ limit->tv_sec + limit->tv_usec / 1000000, limit->tv_usec % 1000000 * 1000 };
		end = until(&as);
	}
	int r = select_ours(count, (fd_set *[]){ readable, writable, urgent }, limit ? &as : NULL, NULL);
	if (limit) {
		as = left(&end);
		*limit = (struct timeval){ as.tv_sec, as.tv_nsec / 1000 };
	}
	return r;
}

PUBLIC int pselect(int count, fd_set *readable, fd_set *writable, fd_set *urgent, const struct timespec *limit, const sigset_t *mask)
{
	if (concerns_ours(count, writable))
		return select_ours(count, (fd_set *[]){ readable, writable, urgent }, limit, mask);
	settle_selected(count, readable, is_look(limit));
	return next_pselect(count, readable, writable, urgent, limit, mask);
}
