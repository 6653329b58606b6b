/* Fences that come when the scenario says so. */
#ifndef TIMELINE_H
#define TIMELINE_H
#include <linux/sync_file.h>
#include "card.h"

/* A timeline that is moved on by hand. No header has it. */
struct point {
	uint32_t value;
	char name[32];
	int32_t fence;
};

static inline int open_timeline(void)
{
	int fd;

	CHECK((fd = open("/sys/kernel/debug/sync/sw_sync", O_RDWR | O_CLOEXEC)) >= 0);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR);
	return fd;
}

static inline int fence_at(int timeline, uint32_t value)
{
	struct point point = { .value = value };

	CHECK(!ioctl(timeline, _IOWR('W', 0, struct point), &point));
	return point.fence;
}

static inline void move_on(int timeline, uint32_t by)
{
	CHECK(!ioctl(timeline, _IOW('W', 1, uint32_t), &by));
}

static inline int status_of(int file)
{
	struct sync_file_info info = { 0 };

	CHECK(!ioctl(file, SYNC_IOC_FILE_INFO, &info));
	return info.status;
}
#endif
