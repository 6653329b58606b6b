/* Ours in epoll. A card is never writable, as in poll. What a dma-buf polls while it is written, no pipe does: where OUT is asked for, a socket of the
 * daemon's is in the epoll as well and tells all of it, and the descriptor itself has its place there and tells nothing. So what is in it already, and
 * what is not, the kernel says. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/epoll.h>
#include "next.h"
#include "shared.h"

#define WRITABLE ((uint32_t)(EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND))
#define NEVER_OF_BUFFERS ((uint32_t)(EPOLLRDNORM | EPOLLRDBAND | EPOLLWRNORM | EPOLLWRBAND))

/* The signal that is set for an epoll that a fence or a dma-buf has been put into, and never sent: what it is, it stays after dup, fork and exec. */
#define HAS_FENCES (WIRE_SW_SYNC + 1)
#define HAS_SOCKETS (WIRE_SW_SYNC + 2)

static bool has_sockets(int epoll)
{
	return may_have_fences && raw(SYS_fcntl, epoll, F_GETSIG) == HAS_SOCKETS;
}

static long put_fence(int epoll, int operation, int fd, const struct epoll_event *event)
{
	long r = raw(SYS_epoll_ctl, epoll, operation, fd, event);

	if (!r && !has_sockets(epoll)) {
		may_have_fences = true;
		raw(SYS_fcntl, epoll, F_SETSIG, HAS_FENCES);
	}
	return r;
}

/* Nothing is wanted of a descriptor that is in it no more. */
static long watch(int epoll, int fd, const struct epoll_event *event)
{
	struct wire_watch watch = { .epoll = epoll, .number = fd };

	if (event) {
		watch.events = event->events;
		watch.data = event->data.u64;
	}
	return call_about(fd, &(struct request){ WIRE_WATCH, 0, &watch, sizeof watch, true, -1, NULL });
}

static long control_buffer(int epoll, int operation, int fd, const struct epoll_event *event)
{
	struct epoll_event wanted, own;
	long r;

	if (!copy_in(&wanted, (uintptr_t)event, sizeof wanted))
		return -EFAULT;
	wanted.events &= ~NEVER_OF_BUFFERS;
	own = wanted;
	if (wanted.events & EPOLLOUT)
		own.events &= ~(uint32_t)(EPOLLIN | EPOLLOUT);
	r = put_fence(epoll, operation, fd, &own);
	if (r)
		return r;
	if (!(wanted.events & EPOLLOUT)) {
		if (has_sockets(epoll))
			watch(epoll, fd, NULL);
		return 0;
	}
	raw(SYS_fcntl, epoll, F_SETSIG, HAS_SOCKETS);
	r = watch(epoll, fd, &wanted);
	/* Without a socket the descriptor tells of itself, as well as it can; once the daemon is gone nothing else is left to. */
	if (r)
		raw(SYS_epoll_ctl, epoll, operation == EPOLL_CTL_ADD && r != -ENODEV ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, fd, &wanted);
	return r == -ENODEV ? 0 : r;
}

/* Neither syncobjs nor timelines come or go: no epoll takes them. */
static bool is_never_polled(enum kind kind)
{
	return kind == SYNCOBJ || kind == SW_SYNC;
}

static long take_out(int epoll, int fd, struct epoll_event *event)
{
	long r = raw(SYS_epoll_ctl, epoll, EPOLL_CTL_DEL, fd, event);

	if (!r && has_sockets(epoll) && is_buffer(look_at(fd, NULL)))
		watch(epoll, fd, NULL);
	return r == -ENOENT && is_never_polled(look_at(fd, NULL)) ? -EPERM : r;
}

PUBLIC int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	struct epoll_event readable;
	enum kind kind;

	if (operation == EPOLL_CTL_DEL)
		return (int)returned(take_out(epoll, fd, event));
	kind = look_at(fd, NULL);
	if (is_never_polled(kind))
		return (int)returned(-EPERM);
	if (is_buffer(kind))
		return (int)returned(control_buffer(epoll, operation, fd, event));
	if (kind == SYNC_FILE)
		return (int)returned(put_fence(epoll, operation, fd, event));
	if (kind == CARD && event && event->events & WRITABLE) {
		readable = *event;
		readable.events &= ~WRITABLE;
		event = &readable;
	}
	return (int)returned(raw(SYS_epoll_ctl, epoll, operation, fd, event));
}

/* A dma-buf leaves an epoll with its last close, however that came about; its socket does when the daemon has heard of that. Whoever waits hears of
 * a fence as soon as the daemon does; who only looks has to be told of what is over. */
bool settle(int epoll, bool is_look)
{
	long mark = may_have_fences ? raw(SYS_fcntl, epoll, F_GETSIG) : 0;

	if (mark != HAS_SOCKETS && (mark != HAS_FENCES || !is_look))
		return false;
	settle_all();
	return true;
}

PUBLIC int epoll_wait(int epoll, struct epoll_event *events, int room, int milliseconds)
{
	settle(epoll, !milliseconds);
	return next_epoll_wait(epoll, events, room, milliseconds);
}

PUBLIC int epoll_pwait(int epoll, struct epoll_event *events, int room, int milliseconds, const sigset_t *mask)
{
	settle(epoll, !milliseconds);
	return next_epoll_pwait(epoll, events, room, milliseconds, mask);
}

PUBLIC int epoll_pwait2(int epoll, struct epoll_event *events, int room, const struct timespec *limit, const sigset_t *mask)
{
	settle(epoll, limit && !limit->tv_sec && !limit->tv_nsec);
	return next_epoll_pwait2(epoll, events, room, limit, mask);
}
