/* Ours are sockets, and what they stand for is none. */
#define _GNU_SOURCE
#include <sys/socket.h>
#include "next.h"
#include "uevents.h"

static bool is_ours(int fd)
{
	return look_at(fd, NULL) != NOT_OURS;
}

/* One that another process sends may be a card: from then on descriptors are looked at. */
PUBLIC ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	enum kind kind = look_at_socket(fd, NULL);

	if (kind)
		return kind == MONITOR ? receive_monitored(fd, message, flags) : returned(-ENOTSOCK);
	ssize_t r = next_recvmsg(fd, message, flags);
	if (r >= 0 && message->msg_controllen >= sizeof(struct cmsghdr))
		arm();
	return r;
}

PUBLIC int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	enum kind kind = look_at_socket(fd, NULL);

	if (kind)
		return kind == MONITOR ? receive_many(fd, messages, count, flags, limit) : (int)returned(-ENOTSOCK);
	int r = next_recvmmsg(fd, messages, count, flags, limit);
	for (int i = 0; i < r; i++)
		if (messages[i].msg_hdr.msg_controllen >= sizeof(struct cmsghdr))
			arm();
	return r;
}

/* What stands for no socket is refused; a socket for uevents answers as a netlink one, where that makes a difference. */
#define SOCKET_CALL(type, name, parameters, arguments, monitored) \
	PUBLIC type name parameters \
	{ \
		enum kind kind = look_at_socket(fd, NULL); \
		return kind == MONITOR ? monitored : kind ? (type)returned(-ENOTSOCK) : next_##name arguments; \
	}
#define NOT_A_SOCKET(type, name, parameters, arguments) \
	PUBLIC type name parameters \
	{ \
		return is_ours(fd) ? (type)returned(-ENOTSOCK) : next_##name arguments; \
	}
SOCKET_CALL(ssize_t, recv, (int fd, void *buffer, size_t size, int flags), (fd, buffer, size, flags),
	receive_from_monitor(fd, buffer, size, flags, NULL, NULL))
SOCKET_CALL(ssize_t, recvfrom, (int fd, void *buffer, size_t size, int flags, __SOCKADDR_ARG from, socklen_t *length),
	(fd, buffer, size, flags, from, length), receive_from_monitor(fd, buffer, size, flags, from.__sockaddr__, length))
SOCKET_CALL(ssize_t, send, (int fd, const void *buffer, size_t size, int flags), (fd, buffer, size, flags), returned(-EPERM))
SOCKET_CALL(ssize_t, sendto, (int fd, const void *buffer, size_t size, int flags, __CONST_SOCKADDR_ARG to, socklen_t length),
	(fd, buffer, size, flags, to, length), returned(-EPERM))
SOCKET_CALL(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags), returned(-EPERM))
SOCKET_CALL(int, getsockopt, (int fd, int level, int name, void *value, socklen_t *length), (fd, level, name, value, length),
	get_monitor(fd, level, name, value, length))
SOCKET_CALL(int, setsockopt, (int fd, int level, int name, const void *value, socklen_t length), (fd, level, name, value, length),
	set_monitor(fd, level, name, value, length))
NOT_A_SOCKET(int, shutdown, (int fd, int how), (fd, how))
SOCKET_CALL(int, getsockname, (int fd, __SOCKADDR_ARG address, socklen_t *length), (fd, address, length), name_monitor(address.__sockaddr__, length))
NOT_A_SOCKET(int, getpeername, (int fd, __SOCKADDR_ARG address, socklen_t *length), (fd, address, length))

PUBLIC ssize_t __recv_chk(int fd, void *buffer, size_t size, size_t room, int flags)
{
	if (size > room)
		__builtin_trap();
	return recv(fd, buffer, size, flags);
}

PUBLIC ssize_t __recvfrom_chk(int fd, void *buffer, size_t size, size_t room, int flags, __SOCKADDR_ARG from, socklen_t *length)
{
	if (size > room)
		__builtin_trap();
	return recvfrom(fd, buffer, size, flags, from, length);
}
