/* A card's descriptor in the calls that treat it as the device that it stands for. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include "next.h"
#include "shared.h"
#include "uevents.h"

#define EVENT_SIZE 32 /* of every event */

static long card_ioctl(int fd, const struct ours *ours, uint32_t number, void *argument)
{
	uint32_t size = _IOC_SIZE(number);

	return _IOC_TYPE(number) != 'd' || ours->kind != CARD ? -ENOTTY
		: call(fd, ours, &(struct request){ WIRE_IOCTL, number, argument, size, _IOC_DIR(number) & _IOC_WRITE && size, -1, NULL });
}

PUBLIC int ioctl(int fd, unsigned long number, ...)
{
	struct ours ours;
	va_list rest;
	void *argument;

	va_start(rest, number);
	argument = va_arg(rest, void *);
	va_end(rest);
	/* A socket would answer FIONREAD and its own kind; all else that is not DRM's it refuses as the device does. So does a pipe. */
	switch (_IOC_TYPE(number)) {
	case 'T':
		if (number != FIONREAD && number != TIOCOUTQ)
			break;
		/* fall through */
	case 'd':
	case 'b':
	case '>':
	case 'W':
	case 0x89:
		if (look_at(fd, &ours))
			return (int)returned(is_shared(ours.kind) ? ioctl_shared(fd, ours.kind, (uint32_t)number, argument)
				: card_ioctl(fd, &ours, (uint32_t)number, argument));
	}
	return (int)returned(raw(SYS_ioctl, fd, number, argument));
}

/* A daemon that died with packets unread resets the socket, which is told once, before the events that it had sent. */
static long next_packet(int fd, void *buffer, size_t room, int flags)
{
	long r;

	do
		r = raw(SYS_recvfrom, fd, buffer, room, flags, 0, 0);
	while (r == -ECONNRESET);
	return r;
}

/* Not by a receive, of which a packet wakes one alone: whoever reads hears of an event that another leaves there. */
static long await_packet(int fd)
{
	struct pollfd one = { fd, POLLIN, 0 };
	long r = raw(SYS_fcntl, fd, F_GETFL);

	if (r < 0 || r & O_NONBLOCK)
		return r < 0 ? r : -EAGAIN;
	do
		r = raw(SYS_ppoll, &one, 1, 0, 0, 0);
	while (r == -EINTR && restarts());
	return r < 0 ? r : 0;
}

/* read(2): waits for the first event, takes whole ones while they fit. One that does not fit stays where it is, and so does one whose
 * buffer cannot be written: it is copied before it is taken. */
static long read_events(int fd, char *buffer, size_t size)
{
	size_t done = 0;

	for (;;) {
		size_t room = size - done < EVENT_SIZE ? 0 : size - done;
		long next = next_packet(fd, buffer + done, room, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT), r = 0;
		if (next == -EAGAIN && !done) {
			if ((r = await_packet(fd)))
				return r;
			continue;
		}
		if (next <= 0) /* nothing more; or the daemon is gone */
			return done ? (long)done : next ? next : -ENODEV;
		if ((size_t)next > room)
			return (long)done;
		/* Another thread may have been faster. */
		r = next_packet(fd, buffer + done, room, MSG_DONTWAIT);
		if (r < 0 && r != -EAGAIN)
			return done ? (long)done : r;
		done += r > 0 ? (size_t)r : 0;
	}
}

PUBLIC ssize_t read(int fd, void *buffer, size_t size)
{
	enum kind kind = look_at_socket(fd, NULL);

	if (kind == MONITOR)
		return receive_from_monitor(fd, buffer, size, 0, NULL, NULL);
	return kind == CARD ? returned(read_events(fd, buffer, size)) : is_shared(kind) ? returned(-EINVAL) : next_read(fd, buffer, size);
}

PUBLIC ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room)
{
	if (size > room)
		__builtin_trap();
	return read(fd, buffer, size);
}

PUBLIC ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
	return look_at(fd, NULL) == CARD ? returned(read_events(fd, buffer, size)) : next_pread(fd, buffer, size, offset);
}

PUBLIC ssize_t pread64(int fd, void *buffer, size_t size, off64_t offset) __attribute__((alias("pread")));

/* A read a vector; one that is not filled is the last. */
PUBLIC ssize_t readv(int fd, const struct iovec *vector, int count)
{
	size_t done = 0;
	enum kind kind = look_at_socket(fd, NULL);

	if (kind == MONITOR)
		return receive_monitored(fd, &(struct msghdr){ .msg_iov = (struct iovec *)vector, .msg_iovlen = (size_t)count }, 0);
	if (kind != CARD)
		return is_shared(kind) ? returned(-EINVAL) : next_readv(fd, vector, count);
	for (int i = 0; i < count; i++) {
		long r = read_events(fd, vector[i].iov_base, vector[i].iov_len);
		if (r < 0 && !done)
			return returned(r);
		done += r > 0 ? (size_t)r : 0;
		if (r < 0 || (size_t)r < vector[i].iov_len)
			break;
	}
	return (ssize_t)done;
}

PUBLIC ssize_t write(int fd, const void *buffer, size_t size)
{
	struct ours ours;
	enum kind kind = look_at(fd, &ours);

	if (kind == NOT_OURS)
		return next_write(fd, buffer, size);
	if (kind != LIVE_FILE)
		return returned(is_shared(kind) && ours.mode == O_RDONLY ? -EBADF : -EINVAL);
	return returned(call(fd, &ours, &(struct request){ WIRE_WRITE, 0, (void *)buffer,
		size < WIRE_ARGUMENT_SIZE ? (uint32_t)size : WIRE_ARGUMENT_SIZE, true, -1, NULL }));
}

/* A file gets the vectors as writes of their own. */
PUBLIC ssize_t writev(int fd, const struct iovec *vector, int count)
{
	ssize_t done = 0, r = 0;

	if (look_at(fd, NULL) == NOT_OURS)
		return next_writev(fd, vector, count);
	for (int i = 0; i < count && r >= 0; i++, done += r > 0 ? r : 0)
		r = write(fd, vector[i].iov_base, vector[i].iov_len);
	return done ? done : r;
}

PUBLIC off_t lseek(int fd, off_t offset, int whence)
{
	enum kind kind = look_at(fd, NULL);

	return (off_t)(is_shared(kind) ? returned(seek_shared(fd, kind, offset, whence)) : kind ? 0 : returned(raw(SYS_lseek, fd, offset, whence)));
}

PUBLIC off64_t lseek64(int fd, off64_t offset, int whence) __attribute__((alias("lseek")));
