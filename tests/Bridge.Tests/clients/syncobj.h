/* Syncobjs, their points, and fences that are put into them. */
#ifndef SYNCOBJ_H
#define SYNCOBJ_H
#include "timeline.h"

/* Newer than some headers. */
struct point_wait {
	uint64_t handles, points;
	int64_t timeout;
	uint32_t count, flags, first, pad;
	uint64_t deadline;
};
#define WAIT_FOR_POINTS DRM_IOWR(0xca, struct point_wait)
#define ALL 1u
#define FOR_SUBMIT 2u
#define AVAILABLE 4u
#define DEADLINE 8u
#define UNTOLD 0x5a5a5a5au /* what no answer has touched */

static inline int64_t now(void)
{
	struct timespec time;

	CHECK(!clock_gettime(CLOCK_MONOTONIC, &time));
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

static inline uint32_t make(int fd, uint32_t flags)
{
	struct drm_syncobj_create create = { .flags = flags };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create) && create.handle);
	return create.handle;
}

static inline void destroy(int fd, uint32_t handle)
{
	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_DESTROY, &(struct drm_syncobj_destroy){ .handle = handle }));
}

/* The errno of a wait; with points one of timelines. */
static inline int wait_until(int fd, uint32_t *handles, uint64_t *points, uint32_t count, uint32_t flags, int64_t timeout, uint32_t *first)
{
	struct point_wait of_points = { (uintptr_t)handles, (uintptr_t)points, timeout, count, flags, UNTOLD, 0, 1 };
	struct drm_syncobj_wait wait = { .handles = (uintptr_t)handles, .timeout_nsec = timeout, .count_handles = count, .flags = flags, .first_signaled = UNTOLD };
	int r = points ? ioctl(fd, WAIT_FOR_POINTS, &of_points) : ioctl(fd, DRM_IOCTL_SYNCOBJ_WAIT, &wait);

	if (first)
		*first = points ? of_points.first : wait.first_signaled;
	return r ? errno : 0;
}

static inline int wait_for_one(int fd, uint32_t handle, uint64_t point, uint32_t flags, int64_t timeout)
{
	return wait_until(fd, &handle, point ? &point : NULL, 1, flags, timeout, NULL);
}

static inline int reset(int fd, uint32_t *handles, uint32_t count)
{
	return ioctl(fd, DRM_IOCTL_SYNCOBJ_RESET, &(struct drm_syncobj_array){ .handles = (uintptr_t)handles, .count_handles = count });
}

static inline int signal_all(int fd, uint32_t *handles, uint32_t count)
{
	return ioctl(fd, DRM_IOCTL_SYNCOBJ_SIGNAL, &(struct drm_syncobj_array){ .handles = (uintptr_t)handles, .count_handles = count });
}

static inline int signal_points(int fd, uint32_t *handles, uint64_t *points, uint32_t count)
{
	return ioctl(fd, DRM_IOCTL_SYNCOBJ_TIMELINE_SIGNAL,
		&(struct drm_syncobj_timeline_array){ .handles = (uintptr_t)handles, .points = (uintptr_t)points, .count_handles = count });
}

static inline uint64_t reached(int fd, uint32_t handle)
{
	uint64_t point = UNTOLD;
	struct drm_syncobj_timeline_array query = { .handles = (uintptr_t)&handle, .points = (uintptr_t)&point, .count_handles = 1 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_QUERY, &query));
	return point;
}

static inline int transfer(int fd, uint32_t from, uint64_t from_point, uint32_t to, uint64_t to_point)
{
	return ioctl(fd, DRM_IOCTL_SYNCOBJ_TRANSFER,
		&(struct drm_syncobj_transfer){ .src_handle = from, .dst_handle = to, .src_point = from_point, .dst_point = to_point });
}

static inline void put_fence(int fd, uint32_t handle, uint64_t point, int fence)
{
	uint32_t to = point ? make(fd, 0) : handle;
	struct drm_syncobj_handle into = { .handle = to, .flags = DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_IMPORT_SYNC_FILE, .fd = fence };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &into));
	if (point) {
		CHECK(!transfer(fd, to, 0, handle, point));
		destroy(fd, to);
	}
}

/* A fence of a timeline that is made for it, and comes when that moves on. */
static inline int submit(int fd, uint32_t handle, uint64_t point)
{
	int timeline = open_timeline(), fence = fence_at(timeline, 1);

	put_fence(fd, handle, point, fence);
	CHECK(!close(fence));
	return timeline;
}

static inline void come(int *timeline)
{
	move_on(*timeline, 1);
	CHECK(!close(*timeline));
	*timeline = -1;
}

static inline void submit_and_come(int fd, uint32_t handle, uint64_t point)
{
	int timeline = submit(fd, handle, point);

	come(&timeline);
}

static inline int export_as(int fd, uint32_t handle, uint32_t flags)
{
	struct drm_syncobj_handle made = { .handle = handle, .flags = flags, .fd = -1 };

	return ioctl(fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &made) ? -1 : made.fd;
}

static inline uint32_t random_of(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}
#endif
