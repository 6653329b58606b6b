/* A netlink socket for uevents is one of the daemon's, which hears of the boards, and passes on what the system says of other devices. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <errno.h>
#include <linux/netlink.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "next.h"
#include "uevents.h"

#define KERNEL_GROUP 1
#define UDEV_GROUP 2
#define UDEV_PORT 1 /* never the kernel's, which is 0 */
#define MESSAGES_MAX 1024 /* of recvmmsg(2): UIO_MAXIOV */

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

static bool is_notice(ssize_t size, const char *first)
{
	return size == 1 && *first == WIRE_NOTICE;
}

/* Whether the daemon says that something was lost; it says so once, but to who only looks. */
static bool ask(int fd, enum wire_overrun what)
{
	struct ours ours;

	return look_at_socket(fd, &ours) == MONITOR && call(fd, &ours, &(struct request){ WIRE_OVERRUN, what, NULL, 0, false, -1, NULL }) == 1;
}

/* What was lost, something that is unread came before, or a notice did. */
static bool is_empty(int fd)
{
	int unread = 0;

	return raw(SYS_ioctl, fd, FIONREAD, &unread) || !unread;
}

bool has_overrun(int fd)
{
	return !is_empty(fd) && ask(fd, WIRE_LOOK);
}

/* A notice that is next, which wakes who waits, is nothing to receive. */
static bool take_notice(int fd)
{
	char first[2];

	return is_notice(raw(SYS_recvfrom, fd, first, sizeof first, MSG_PEEK | MSG_DONTWAIT, 0, 0), first)
		&& raw(SYS_recvfrom, fd, first, sizeof first, MSG_DONTWAIT, 0, 0) >= 0;
}

/* A netlink socket says once that it had no room, before it goes on with what is there. */
static long overrun(int fd)
{
	if (is_empty(fd))
		return 0;
	take_notice(fd);
	return ask(fd, WIRE_TAKE) ? -ENOBUFS : 0;
}

/* Waits for what is to be received, as long as the call would, and tells how it begins. 0, or an errno negative. Who does not tell
 * of what was lost leaves that to the next call. */
static long await_message(int fd, int flags, char first[8], bool tells)
{
	long lost = tells ? overrun(fd) : 0;

	while (!lost) {
		__builtin_memset(first, 0, 8);
		ssize_t size = next_recv(fd, first, 8, (flags & MSG_DONTWAIT) | MSG_PEEK);
		if (!is_notice(size, first))
			return size < 0 ? -errno : 0;
		lost = tells ? overrun(fd) : -EAGAIN;
	}
	return lost;
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
	char first[8];
	long error = await_message(fd, flags, first, true);

	if (error)
		return returned(error);
	ssize_t r = next_recv(fd, buffer, size, flags);
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

static ssize_t receive_one(int fd, struct msghdr *message, int flags, bool tells)
{
	socklen_t room = message->msg_namelen;
	char first[8];
	long error = await_message(fd, flags, first, tells);

	if (error)
		return returned(error);
	ssize_t r = next_recvmsg(fd, message, flags);
	if (r >= 0)
		tell_sender(message, room, first);
	return r;
}

ssize_t receive_monitored(int fd, struct msghdr *message, int flags)
{
	return receive_one(fd, message, flags, true);
}

static long long now(void)
{
	struct timespec time;

	raw(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

/* recvmmsg(2): what fails after the first is told by the next call. The time is looked at after each message, as the kernel does. */
int receive_many(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	long long end = limit ? now() + limit->tv_sec * 1000000000ll + limit->tv_nsec : 0, left = 1;
	int once = flags & ~MSG_WAITFORONE, done = 0;

	while (done < (int)(count < MESSAGES_MAX ? count : MESSAGES_MAX) && left > 0 && !(done && has_overrun(fd))) {
		ssize_t r = receive_one(fd, &messages[done].msg_hdr, done && flags & MSG_WAITFORONE ? once | MSG_DONTWAIT : once, !done);
		if (r < 0)
			return done ? done : -1;
		messages[done++].msg_len = (unsigned)r;
		if (limit)
			left = end - now();
	}
	if (limit)
		*limit = left > 0 ? (struct timespec){ left / 1000000000, left % 1000000000 } : (struct timespec){ 0, 0 };
	return done;
}
