/* Dma-bufs: exported, imported, mapped. */
#ifndef BUFFER_H
#define BUFFER_H
#include <linux/dma-buf.h>
#include <sys/stat.h>
#include "card.h"

static inline int export(int fd, uint32_t handle, uint32_t flags)
{
	struct drm_prime_handle prime = { .handle = handle, .flags = flags };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	return prime.fd;
}

static inline uint32_t import(int fd, int buffer)
{
	struct drm_prime_handle prime = { .fd = buffer };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime));
	return prime.handle;
}

static inline char *map_buffer(int buffer, size_t size)
{
	char *at;

	CHECK((at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, buffer, 0)) != MAP_FAILED);
	return at;
}

static inline uint64_t inode(int fd)
{
	struct stat of;

	CHECK(!fstat(fd, &of));
	return of.st_ino;
}
#endif
