/* Packets over a Unix socket, and the descriptors that they carry. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include "packet.h"

long make_pair(int ends[2])
{
	return raw(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

/* A daemon that does not read makes the caller wait; one that is gone is ENODEV. */
long post(int fd, const struct iovec *parts, size_t count, const int *along, unsigned carried)
{
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int[CARRIED_MAX]))]; } control;
	struct msghdr message = { .msg_iov = (struct iovec *)parts, .msg_iovlen = count };
	long r;

	if (carried) {
		control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(carried * sizeof *along), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
		__builtin_memcpy(CMSG_DATA(&control.header), along, carried * sizeof *along);
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(carried * sizeof *along);
	}
	while ((r = raw(SYS_sendmsg, fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT)) < 0) {
		struct pollfd room = { fd, POLLOUT, 0 };
		struct timespec slice = { 0, SLICE * 1000000L };
		if (r == -EPIPE || r == -ECONNRESET || r == -ENOTCONN)
			return -ENODEV;
		if (r != -EAGAIN && r != -EINTR)
			return r;
		if (r == -EAGAIN)
			raw(SYS_ppoll, &room, 1, &slice, 0, 0);
	}
	return 0;
}

bool is_gone(int fd)
{
	struct pollfd end = { fd, 0, 0 };
	struct timespec now = { 0, 0 };

	return raw(SYS_ppoll, &end, 1, &now, 0, 0) > 0 && end.revents & (POLLHUP | POLLERR | POLLNVAL);
}

long receive(int fd, void *bytes, size_t size, struct carried *carried)
{
	struct iovec io = { bytes, size };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(sizeof(int[CARRIED_MAX]))]; } control;
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	long r;

	carried->count = 0;
	carried->sender = (struct ucred){ 0, (uid_t)-1, (gid_t)-1 };
	do
		r = raw(SYS_recvmsg, fd, &message, MSG_CMSG_CLOEXEC);
	while (r == -EINTR);
	if (r < 0)
		return r;
	for (struct cmsghdr *part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
		size_t length = part->cmsg_len - CMSG_LEN(0);
		if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS)
			__builtin_memcpy(&carried->sender, CMSG_DATA(part), sizeof carried->sender);
		if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS && length <= sizeof carried->fd) {
			__builtin_memcpy(carried->fd, CMSG_DATA(part), length);
			carried->count = (unsigned)(length / sizeof(int));
		}
	}
	carried->is_cut = message.msg_flags & MSG_CTRUNC;
	return r;
}

void drop(struct carried *carried)
{
	for (unsigned i = 0; i < carried->count; i++)
		raw(SYS_close, carried->fd[i]);
	carried->count = 0;
}

long bind_name(int fd, const char *name)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = 0;

	for (; length < WIRE_NAME_MAX && name[length]; length++)
		address.sun_path[length + 1] = name[length];
	return raw(SYS_bind, fd, &address, offsetof(struct sockaddr_un, sun_path) + 1 + length) ? -ENODEV : 0;
}
