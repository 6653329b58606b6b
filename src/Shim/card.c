/* A card's descriptor in the calls that treat it as the device that it stands for. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include "next.h"
#include "shim.h"

static long card_ioctl(int fd, const struct ours *ours, uint32_t number, void *argument)
{
	uint32_t size = _IOC_SIZE(number);

	return _IOC_TYPE(number) != 'd' || ours->kind != CARD ? -ENOTTY
		: call(fd, ours, &(struct request){ WIRE_IOCTL, number, argument, size, _IOC_DIR(number) & _IOC_WRITE && size, -1 });
}

PUBLIC int ioctl(int fd, unsigned long number, ...)
{
	struct ours ours;
	va_list rest;
	void *argument;

	va_start(rest, number);
	argument = va_arg(rest, void *);
	va_end(rest);
	/* A socket would answer FIONREAD and its own kind; all else on a card that is not DRM's it refuses as the device does. */
	if ((_IOC_TYPE(number) == 'd' || number == FIONREAD || _IOC_TYPE(number) == 0x89) && look_at(fd, &ours))
		return (int)returned(card_ioctl(fd, &ours, (uint32_t)number, argument));
	return (int)returned(raw(SYS_ioctl, fd, number, argument));
}

/* read(2): waits for the first event, takes whole ones while they fit. One that does not fit stays where it is. */
static long read_events(int fd, char *buffer, size_t size)
{
	size_t done = 0;
	int wait = 0;

	for (;;) {
		long next = raw(SYS_recvfrom, fd, 0, 0, MSG_PEEK | MSG_TRUNC | wait, 0, 0), r;
		if (next <= 0) /* nothing more; or the daemon is gone */
			return done ? (long)done : next ? next : -ENODEV;
		if ((size_t)next > size - done)
			return (long)done;
		/* Another thread may have been faster. */
		r = raw(SYS_recvfrom, fd, buffer + done, size - done, MSG_DONTWAIT, 0, 0);
		if (r < 0 && r != -EAGAIN)
			return done ? (long)done : r;
		done += r > 0 ? (size_t)r : 0;
		wait = done ? MSG_DONTWAIT : 0;
	}
}

PUBLIC ssize_t read(int fd, void *buffer, size_t size)
{
	return look_at(fd, NULL) == CARD ? returned(read_events(fd, buffer, size)) : next_read(fd, buffer, size);
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

PUBLIC ssize_t readv(int fd, const struct iovec *vector, int count)
{
	size_t done = 0;

	if (look_at(fd, NULL) != CARD)
		return next_readv(fd, vector, count);
	for (int i = 0; i < count; i++) {
		long r = done ? raw(SYS_recvfrom, fd, 0, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT, 0, 0) : 1;
		r = r < 0 ? r : read_events(fd, vector[i].iov_base, vector[i].iov_len);
		if (r <= 0)
			return returned(done ? (long)done : r);
		done += (size_t)r;
	}
	return (ssize_t)done;
}

PUBLIC ssize_t write(int fd, const void *buffer, size_t size)
{
	struct ours ours;
	enum kind kind = look_at(fd, &ours);

	if (kind == NOT_OURS)
		return next_write(fd, buffer, size);
	if (kind == CARD)
		return returned(-EINVAL);
	return returned(call(fd, &ours, &(struct request){ WIRE_WRITE, 0, (void *)buffer,
		size < WIRE_ARGUMENT_SIZE ? (uint32_t)size : WIRE_ARGUMENT_SIZE, true, -1 }));
}

PUBLIC off_t lseek(int fd, off_t offset, int whence)
{
	return look_at(fd, NULL) ? 0 : (off_t)returned(raw(SYS_lseek, fd, offset, whence));
}

PUBLIC off64_t lseek64(int fd, off64_t offset, int whence) __attribute__((alias("lseek")));

/* A card is no socket. One that another process sends may be a card, and then the next calls look. */
PUBLIC ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	if (look_at(fd, NULL) == CARD)
		return returned(-ENOTSOCK);
	ssize_t r = next_recvmsg(fd, message, flags);
	if (r >= 0 && message->msg_controllen >= sizeof(struct cmsghdr))
		arm();
	return r;
}

PUBLIC int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *limit)
{
	if (look_at(fd, NULL) == CARD)
		return (int)returned(-ENOTSOCK);
	int r = next_recvmmsg(fd, messages, count, flags, limit);
	for (int i = 0; i < r; i++)
		if (messages[i].msg_hdr.msg_controllen >= sizeof(struct cmsghdr))
			arm();
	return r;
}

PUBLIC ssize_t recv(int fd, void *buffer, size_t size, int flags)
{
	return look_at(fd, NULL) == CARD ? returned(-ENOTSOCK) : next_recv(fd, buffer, size, flags);
}

PUBLIC ssize_t send(int fd, const void *buffer, size_t size, int flags)
{
	return look_at(fd, NULL) == CARD ? returned(-ENOTSOCK) : next_send(fd, buffer, size, flags);
}

/* The device never reports that it can be written; its socket would. */
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
