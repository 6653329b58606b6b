/* Calls that name a descriptor, and what they work on. */
#ifndef NAMING_H
#define NAMING_H
#include <linux/dma-buf.h>
#include "atomic.h"
#include "timeline.h"

/* Newer than some headers. */
struct wants_event {
	uint32_t handle, flags;
	uint64_t point;
	int32_t fd;
	uint32_t pad;
};
#define WANT_EVENT DRM_IOWR(0xcf, struct wants_event)

enum kind { CLOSED, FOREIGN, EVENT, BUFFER, FENCE, SYNCOBJ };

static inline int export(int fd, uint32_t handle)
{
	struct drm_prime_handle prime = { .handle = handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	return prime.fd;
}

static inline uint32_t make_syncobj(int fd)
{
	struct drm_syncobj_create create = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_CREATE, &create));
	return create.handle;
}

static inline int export_syncobj(int fd, uint32_t handle)
{
	struct drm_syncobj_handle made = { .handle = handle, .fd = -1 };

	CHECK(!ioctl(fd, DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD, &made));
	return made.fd;
}

/* What the calls work on. */
static struct {
	int fd, buffer, fence;
	uint32_t syncobj, plane, framebuffer;
} with;

static inline int import(int fd)
{
	return ioctl(with.fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &(struct drm_prime_handle){ .fd = fd });
}

static inline int reserve(int fd)
{
	return ioctl(with.buffer, DMA_BUF_IOCTL_IMPORT_SYNC_FILE, &(struct dma_buf_import_sync_file){ DMA_BUF_SYNC_RW, fd });
}

static inline int merge(int fd)
{
	return ioctl(with.fence, SYNC_IOC_MERGE, &(struct sync_merge_data){ .name = "both", .fd2 = fd });
}

static inline int import_syncobj(int fd)
{
	return ioctl(with.fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &(struct drm_syncobj_handle){ .fd = fd });
}

static inline int import_fence(int fd)
{
	struct drm_syncobj_handle into = { .handle = with.syncobj, .flags = DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_IMPORT_SYNC_FILE, .fd = fd };

	return ioctl(with.fd, DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE, &into);
}

static inline int count_at(int fd)
{
	return ioctl(with.fd, WANT_EVENT, &(struct wants_event){ .handle = with.syncobj, .fd = fd });
}

static inline int commit_after(uint64_t fence, uint32_t flags)
{
	struct commit commit = { 0 };

	put(with.fd, &commit, with.plane, "FB_ID", with.framebuffer);
	put(with.fd, &commit, with.plane, "IN_FENCE_FD", fence);
	return do_commit(with.fd, &commit, flags, 0);
}

/* -1 is no fence. */
static inline int commit(int fd)
{
	return fd == -1 ? (errno = EINVAL, -1) : commit_after((uint64_t)(int64_t)fd, DRM_MODE_ATOMIC_NONBLOCK);
}

static inline int test(int fd)
{
	return fd == -1 ? (errno = EINVAL, -1) : commit_after((uint64_t)(int64_t)fd, DRM_MODE_ATOMIC_TEST_ONLY);
}

static const struct call {
	const char *name;
	int (*make)(int fd);
	enum kind wants;
	int closed, wrong;
} calls[] = {
	{ "PRIME_FD_TO_HANDLE", import, BUFFER, EBADF, EINVAL },
	{ "IMPORT_SYNC_FILE", reserve, FENCE, EINVAL, EINVAL },
	{ "MERGE", merge, FENCE, ENOENT, ENOENT },
	{ "SYNCOBJ_FD_TO_HANDLE", import_syncobj, SYNCOBJ, EINVAL, EINVAL },
	{ "SYNCOBJ_FD_TO_HANDLE of a sync file", import_fence, FENCE, EINVAL, EINVAL },
	{ "SYNCOBJ_EVENTFD", count_at, EVENT, EBADF, EINVAL },
	{ "IN_FENCE_FD", commit, FENCE, EINVAL, EINVAL },
	{ "IN_FENCE_FD of a test", test, FENCE, EINVAL, EINVAL },
};

static inline void begin(int fd, int other)
{
	with.fd = fd;
	with.buffer = export(other, create(other, 64, 64).handle);
	with.fence = fence_at(open_timeline(), 1);
	with.syncobj = make_syncobj(fd);
	CHECK(!ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	with.framebuffer = light(fd).framebuffer;
	with.plane = plane_of(fd, with.framebuffer);
}
#define CALLS (sizeof calls / sizeof *calls)
#endif
