/* Ours are sockets, and what they stand for is none. */
#define _GNU_SOURCE
#include <sys/socket.h>
#include "next.h"
#include "shim.h"

static bool is_ours(int fd)
{
	return look_at(fd, NULL) != NOT_OURS;
}

/* One that another process sends may be a card: from then on descriptors are looked at. */
PUBLIC ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	if (is_ours(fd))
		return returned(-ENOTSOCK);
	ssize_t r = next_recvmsg(fd, message, flags);
	if (r >= 0 && message->msg_controllen >= sizeof(struct cmsghdr))
		arm();
	return r;
}

PUBLIC int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	if (is_ours(fd))
		return (int)returned(-ENOTSOCK);
	int r = next_recvmmsg(fd, messages, count, flags, limit);
	for (int i = 0; i < r; i++)
		if (messages[i].msg_hdr.msg_controllen >= sizeof(struct cmsghdr))
			arm();
	return r;
}

#define NOT_A_SOCKET(type, name, parameters, arguments) \
	PUBLIC type name parameters \
	{ \
		return is_ours(fd) ? (type)returned(-ENOTSOCK) : next_##name arguments; \
	}
NOT_A_SOCKET(ssize_t, recv, (int fd, void *buffer, size_t size, int flags), (fd, buffer, size, flags))
NOT_A_SOCKET(ssize_t, recvfrom, (int fd, void *buffer, size_t size, int flags, __SOCKADDR_ARG from, socklen_t *length),
	(fd, buffer, size, flags, from, length))
NOT_A_SOCKET(ssize_t, send, (int fd, const void *buffer, size_t size, int flags), (fd, buffer, size, flags))
NOT_A_SOCKET(ssize_t, sendto, (int fd, const void *buffer, size_t size, int flags, __CONST_SOCKADDR_ARG to, socklen_t length),
	(fd, buffer, size, flags, to, length))
NOT_A_SOCKET(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
NOT_A_SOCKET(int, getsockopt, (int fd, int level, int name, void *value, socklen_t *length), (fd, level, name, value, length))
NOT_A_SOCKET(int, setsockopt, (int fd, int level, int name, const void *value, socklen_t length), (fd, level, name, value, length))
NOT_A_SOCKET(int, shutdown, (int fd, int how), (fd, how))
NOT_A_SOCKET(int, getsockname, (int fd, __SOCKADDR_ARG address, socklen_t *length), (fd, address, length))
NOT_A_SOCKET(int, getpeername, (int fd, __SOCKADDR_ARG address, socklen_t *length), (fd, address, length))
