/* A netlink socket for uevents is one of the daemon's, which hears of the boards, and passes on what the system says of other devices. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/netlink.h>
#include <unistd.h>
#include "next.h"
#include "uevents.h"

#define KERNEL_GROUP 1
#define UDEV_GROUP 2
#define UDEV_PORT 1 /* never the kernel's, which is 0 */

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

	if (look_at_socket(fd) != MONITOR)
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

int get_monitor(int fd, int level, int name, void *value, socklen_t *length)
{
	int known = level != SOL_SOCKET ? -1 : name == SO_DOMAIN ? AF_NETLINK : name == SO_TYPE ? SOCK_RAW : name == SO_PROTOCOL ? NETLINK_KOBJECT_UEVENT : -1;
	int r = next_getsockopt(fd, level, name, value, length);

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
	ssize_t r = from && length ? next_recv(fd, first, sizeof first, flags | MSG_PEEK) : 0;

	if (r >= 0)
		r = next_recv(fd, buffer, size, flags);
	if (r >= 0 && from && length)
		tell_name(sender_of(first, sizeof first), from, length);
	return r;
}

/* Root sends them, whoever the daemon is. */
ssize_t receive_monitored(int fd, struct msghdr *message, int flags)
{
	void *name = message->msg_name;
	socklen_t length = message->msg_namelen;
	char first[8] = "";
	ssize_t r;

	if (name && next_recv(fd, first, sizeof first, flags | MSG_PEEK) < 0)
		return -1;
	r = next_recvmsg(fd, message, flags);
	if (r < 0)
		return r;
	if (name) {
		tell_name(sender_of(first, sizeof first), name, &length);
		message->msg_namelen = length;
	}
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part))
		if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS)
			*(struct ucred *)CMSG_DATA(part) = (struct ucred){ 0 };
	return r;
}
