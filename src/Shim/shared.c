/* Dma-bufs, sync files and syncobjs: pipes of the daemon's, in the calls that treat them as what they stand for. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include "shared.h"

/* Hidden, and kept: what it is, is asked before each use, for its number may have been closed and used again. */
static int channel_to_daemon(struct ours *ours)
{
	static int kept = -1;
	int fd = __atomic_load_n(&kept, __ATOMIC_ACQUIRE), hidden;

	if (look_at(fd, ours) == CHANNEL)
		return fd;
	long opened = open_served("", O_CLOEXEC);
	if (opened < 0)
		return (int)opened;
	hidden = hide((int)opened);
	raw(SYS_close, opened);
	if (hidden < 0 || look_at(hidden, ours) != CHANNEL)
		return -ENODEV;
	/* Another thread's stays open as well, unused, and dies with the process. */
	__atomic_store_n(&kept, hidden, __ATOMIC_RELEASE);
	return hidden;
}

long call_about(int fd, const struct request *request)
{
	struct ours ours;
	struct request about = *request;
	int channel = channel_to_daemon(&ours);

	about.about = fd;
	return channel < 0 ? channel : call(channel, &ours, &about);
}

long ioctl_shared(int fd, enum kind kind, uint32_t number, void *argument)
{
	uint32_t size = _IOC_SIZE(number);
	uint64_t address = (uintptr_t)argument;
	uint32_t type = is_buffer(kind) ? DMA_BUF_BASE : kind == SYNC_FILE ? '>' : kind == SW_SYNC ? 'W' : 0;

	switch (number) {
	case FIOCLEX:
	case FIONCLEX:
	case FIONBIO:
	case FIOASYNC:
		return raw(SYS_ioctl, fd, number, argument);
	}
	if (_IOC_TYPE(number) != type)
		return -ENOTTY;
	/* Its argument is the name itself, and not where that stands. */
	if (is_buffer(kind) && _IOC_NR(number) == _IOC_NR(DMA_BUF_SET_NAME))
		argument = &address;
	return call_about(fd, &(struct request){ WIRE_IOCTL, number, argument, size, _IOC_DIR(number) & _IOC_WRITE && size, -1, NULL });
}

long size_of(int fd)
{
	struct wire_facts facts = { 0 };
	long r = call_about(fd, &(struct request){ WIRE_DESCRIBE, 0, &facts, sizeof facts, true, -1, NULL });

	return r ? r : (long)facts.size;
}

long seek_shared(int fd, enum kind kind, off_t offset, int whence)
{
	if (!is_buffer(kind))
		return -ESPIPE;
	if (offset || (whence != SEEK_SET && whence != SEEK_END))
		return -EINVAL;
	return whence == SEEK_SET ? 0 : size_of(fd);
}

bool is_written(int fd)
{
	int bytes = 1;

	return is_buffer(look_at(fd, NULL)) && !raw(SYS_ioctl, fd, FIONREAD, &bytes) && !bytes;
}

/* What the last close of a timeline ends is over when the daemon has heard of that close. */
void settle_all(void)
{
	call_about(-1, &(struct request){ WIRE_SETTLE, 0, NULL, 0, false, -1, NULL });
}

bool is_awaited(int fd)
{
	long mark = armed ? raw(SYS_fcntl, fd, F_GETSIG) : 0;
	struct pollfd one = { fd, mark == WIRE_SYNC_FILE ? POLLIN : POLLIN | POLLOUT, 0 };
	struct timespec now = { 0, 0 };

	return mark >= WIRE_DMA_BUF && mark <= WIRE_SYNC_FILE && look_at(fd, NULL) && raw(SYS_ppoll, &one, 1, &now, 0, 0) >= 0 && one.revents != one.events;
}

PUBLIC int fallocate(int fd, int mode, off_t offset, off_t length)
{
	struct ours ours;

	if (!is_shared(look_at(fd, &ours)))
		return (int)returned(raw(SYS_fallocate, fd, mode, offset, length));
	return (int)returned(ours.mode == O_RDONLY ? -EBADF : -ENODEV);
}

PUBLIC int fallocate64(int fd, int mode, off64_t offset, off64_t length) __attribute__((alias("fallocate")));

/* The access mode is that of what it stands for, and the signal that marks a pipe is nobody's. */
static long fcntl_ours(int fd, int command, long argument, const struct ours *ours)
{
	long r = 0;

	if (command == F_GETFL) {
		r = raw(SYS_fcntl, fd, command, argument);
		return r < 0 ? r : (r & ~O_ACCMODE) | ours->mode;
	}
	if (is_shared(ours->kind) && (command == F_SETSIG || command == F_GETSIG))
		return 0;
	return is_shared(ours->kind) ? -EBADF : raw(SYS_fcntl, fd, command, argument);
}

PUBLIC int fcntl(int fd, int command, ...)
{
	struct ours ours;
	va_list rest;
	long argument;

	va_start(rest, command);
	argument = va_arg(rest, long);
	va_end(rest);
	switch (command) {
	case F_GETFL:
	case F_SETSIG:
	case F_GETSIG:
	case F_SETPIPE_SZ:
	case F_GETPIPE_SZ:
		if (look_at(fd, &ours))
			return (int)returned(fcntl_ours(fd, command, argument, &ours));
	}
	return (int)returned(raw(SYS_fcntl, fd, command, argument));
}

PUBLIC int fcntl64(int fd, int command, ...) __attribute__((alias("fcntl")));
