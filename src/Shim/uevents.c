/* A netlink socket for uevents is one of the daemon's, which hears of the boards, and passes on what the system says of other devices. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/netlink.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "next.h"
#include "uevents.h"

#define KERNEL_GROUP 1
#define UDEV_GROUP 2
#define UDEV_PORT 1 /* never the kernel's, which is 0 */
#define MESSAGES_MAX 1024 /* of recvmmsg(2): UIO_MAXIOV */
#define LITTLE (8 << 10) /* bytes: nothing is lost while no more is unread, so only then the daemon is not asked */

/* Where there is no daemon, it is the system's own. */
PUBLIC int socket(int domain, int type, int protocol)
{
	if (domain == AF_NETLINK && protocol == NETLINK_KOBJECT_UEVENT) {
		long fd = open_served(WIRE_UEVENTS, (type & SOCK_CLOEXEC ? O_CLOEXEC : 0) | (type & SOCK_NONBLOCK ? O_NONBLOCK : 0));
		if (fd >= 0)
			return (int)fd;
	}
	return next_socket(domain, type, protocol);
}

static long listen_to(int fd, uint32_t join, uint32_t leave)
{
	struct wire_packet packet = { .magic = WIRE_MAGIC, .op = WIRE_LISTEN, .value = join | (uint64_t)leave << 32 };

	return raw(SYS_sendto, fd, &packet, sizeof packet, MSG_NOSIGNAL, 0, 0) < 0 ? -ENODEV : 0;
}

PUBLIC int bind(int fd, __CONST_SOCKADDR_ARG address, socklen_t length)
{
	const struct sockaddr_nl *netlink = (const struct sockaddr_nl *)address.__sockaddr__;

	if (look_at_socket(fd, NULL) != MONITOR)
		return next_bind(fd, address, length);
	if (length < sizeof *netlink || netlink->nl_family != AF_NETLINK)
		return (int)returned(-EINVAL);
	return (int)returned(listen_to(fd, netlink->nl_groups, ~netlink->nl_groups));
}

int set_monitor(int fd, int level, int name, const void *value, socklen_t length)
{
	uint32_t group = level == SOL_NETLINK && length >= sizeof group ? *(const uint32_t *)value : 0;

	if (level != SOL_NETLINK)
		return next_setsockopt(fd, level, name, value, length);
	if (name != NETLINK_ADD_MEMBERSHIP && name != NETLINK_DROP_MEMBERSHIP)
		return 0;
	if (!group || group > 32)
		return (int)returned(-EINVAL);
	group = 1u << (group - 1);
	return (int)returned(listen_to(fd, name == NETLINK_ADD_MEMBERSHIP ? group : 0, name == NETLINK_DROP_MEMBERSHIP ? group : 0));
}

/* A netlink socket says once that it had no room, before it goes on with what is there. */
static long overrun(int fd)
{
	struct ours ours;
	int unread = 0;

	if (raw(SYS_ioctl, fd, FIONREAD, &unread) || unread <= LITTLE || look_at_socket(fd, &ours) != MONITOR)
		return 0;
	return call(fd, &ours, &(struct request){ WIRE_OVERRUN, 0, NULL, 0, false, -1, NULL }) == 1 ? -ENOBUFS : 0;
}

int get_monitor(int fd, int level, int name, void *value, socklen_t *length)
{
	int known = level != SOL_SOCKET ? -1 : name == SO_DOMAIN ? AF_NETLINK : name == SO_TYPE ? SOCK_RAW : name == SO_PROTOCOL ? NETLINK_KOBJECT_UEVENT : -1;
	int r = next_getsockopt(fd, level, name, value, length);

	if (!r && level == SOL_SOCKET && name == SO_ERROR && *length == sizeof known)
		*(int *)value = (int)-overrun(fd);
	if (!r && known >= 0 && *length == sizeof known)
		*(int *)value = known;
	return r;
}

static void tell_name(struct sockaddr_nl name, void *address, socklen_t *length)
{
	if (address)
		__builtin_memcpy(address, &name, *length < sizeof name ? *length : sizeof name);
	*length = sizeof name;
}

int name_monitor(void *address, socklen_t *length)
{
	tell_name((struct sockaddr_nl){ .nl_family = AF_NETLINK, .nl_pid = (uint32_t)getpid() }, address, length);
	return 0;
}

/* Whose a message is, its first bytes say. */
static struct sockaddr_nl sender_of(const char *message, size_t size)
{
	bool is_udevs = size >= 8 && !__builtin_memcmp(message, "libudev", 8);

	return (struct sockaddr_nl){ .nl_family = AF_NETLINK, .nl_pid = is_udevs ? UDEV_PORT : 0, .nl_groups = is_udevs ? UDEV_GROUP : KERNEL_GROUP };
}

ssize_t receive_from_monitor(int fd, void *buffer, size_t size, int flags, void *from, socklen_t *length)
{
	char first[8] = "";
	long lost = overrun(fd);

	if (lost)
		return returned(lost);
	ssize_t r = from && length ? next_recv(fd, first, sizeof first, flags | MSG_PEEK) : 0;
	if (r >= 0)
		r = next_recv(fd, buffer, size, flags);
	if (r >= 0 && from && length)
		tell_name(sender_of(first, sizeof first), from, length);
	return r;
}

/* Root sends them, whoever the daemon is. */
static void tell_sender(struct msghdr *message, socklen_t room, const char *first)
{
	if (message->msg_name) {
		tell_name(sender_of(first, 8), message->msg_name, &room);
		message->msg_namelen = room;
	}
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part))
		if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS)
			*(struct ucred *)CMSG_DATA(part) = (struct ucred){ 0 };
}

ssize_t receive_monitored(int fd, struct msghdr *message, int flags)
{
	socklen_t room = message->msg_namelen;
	char first[8] = "";
	long lost = overrun(fd);

	if (lost)
		return returned(lost);
	if (message->msg_name && next_recv(fd, first, sizeof first, flags | MSG_PEEK) < 0)
		return -1;
	ssize_t r = next_recvmsg(fd, message, flags);
	if (r >= 0)
		tell_sender(message, room, first);
	return r;
}

/* What is too short to tell is the kernel's. */
static void copy_first(const struct mmsghdr *message, char first[8])
{
	size_t done = 0;

	for (size_t i = 0; i < message->msg_hdr.msg_iovlen; i++)
		for (size_t k = 0; k < message->msg_hdr.msg_iov[i].iov_len && done < 8 && done < message->msg_len; k++)
			first[done++] = ((const char *)message->msg_hdr.msg_iov[i].iov_base)[k];
}

int receive_many(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	socklen_t room[MESSAGES_MAX];
	long lost = overrun(fd);

	if (lost)
		return (int)returned(lost);
	count = count < MESSAGES_MAX ? count : MESSAGES_MAX;
	for (unsigned i = 0; i < count; i++)
		room[i] = messages[i].msg_hdr.msg_namelen;
	int r = next_recvmmsg(fd, messages, count, flags, limit);
	for (int i = 0; i < r; i++) {
		char first[8] = "";
		copy_first(&messages[i], first);
		tell_sender(&messages[i].msg_hdr, room[i], first);
	}
	return r;
}
