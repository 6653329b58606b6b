/* vgem_drm.h, which not every distribution has: a buffer is held busy by hand. */
#ifndef VGEM_H
#define VGEM_H
#include "card.h"

struct vgem_attach {
	uint32_t handle, flags, fence, pad;
};

struct vgem_signal {
	uint32_t fence, flags;
};

#define VGEM_ATTACH _IOWR('d', 0x41, struct vgem_attach)
#define VGEM_SIGNAL _IOW('d', 0x42, struct vgem_signal)
#define VGEM_WRITE 1

static inline uint32_t attach(int fd, uint32_t handle, uint32_t flags)
{
	struct vgem_attach use = { .handle = handle, .flags = flags };

	CHECK(!ioctl(fd, VGEM_ATTACH, &use) && use.fence);
	return use.fence;
}
#endif
