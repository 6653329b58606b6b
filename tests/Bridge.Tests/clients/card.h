/* A card as the scenarios use it: buffers, a lit screen, events, children. */
#ifndef CARD_H
#define CARD_H
#include <drm.h>
#include <drm_mode.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "check.h"

struct screen {
	uint32_t crtc, connector, framebuffer;
	struct drm_mode_modeinfo mode;
};

static inline int open_card(int minor, int flags)
{
	char path[32];
	int fd;

	sprintf(path, "/dev/dri/card%d", minor);
	CHECK((fd = open(path, flags)) >= 0);
	return fd;
}

static inline struct drm_mode_create_dumb create(int fd, uint32_t width, uint32_t height)
{
	struct drm_mode_create_dumb dumb = { .width = width, .height = height, .bpp = 32 };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb));
	return dumb;
}

static inline off_t offset_of(int fd, uint32_t handle)
{
	struct drm_mode_map_dumb map = { .handle = handle };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_MAP_DUMB, &map));
	return (off_t)map.offset;
}

static inline char *map(int fd, const struct drm_mode_create_dumb *dumb)
{
	char *at;

	CHECK((at = mmap(NULL, dumb->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset_of(fd, dumb->handle))) != MAP_FAILED);
	return at;
}

static inline int gem_close(int fd, uint32_t handle)
{
	return ioctl(fd, DRM_IOCTL_GEM_CLOSE, &(struct drm_gem_close){ .handle = handle });
}

/* Of a buffer that nothing else holds. */
static inline int export_buffer(int fd)
{
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime) && !gem_close(fd, dumb.handle));
	return prime.fd;
}

/* The first CRTC and the first connector that has something plugged in, in its first mode. */
static inline struct screen light(int fd)
{
	static struct drm_mode_modeinfo modes[256];
	uint32_t crtcs[8], connectors[8];
	struct drm_mode_card_res all = { .crtc_id_ptr = (uintptr_t)crtcs, .connector_id_ptr = (uintptr_t)connectors, .count_crtcs = 8, .count_connectors = 8 };
	struct screen screen = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all));
	for (uint32_t i = 0; i < all.count_connectors && !screen.connector; i++) {
		struct drm_mode_get_connector get = { .connector_id = connectors[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCONNECTOR, &get));
		if (get.connection != 1 || !get.count_modes)
			continue;
		get = (struct drm_mode_get_connector){ .connector_id = connectors[i], .modes_ptr = (uintptr_t)modes, .count_modes = 256 };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCONNECTOR, &get));
		screen.connector = connectors[i];
		screen.mode = modes[0];
	}
	CHECK(screen.connector);
	screen.crtc = crtcs[0];
	struct drm_mode_create_dumb dumb = create(fd, screen.mode.hdisplay, screen.mode.vdisplay);
	struct drm_mode_fb_cmd add = { .width = dumb.width, .height = dumb.height, .pitch = dumb.pitch, .bpp = 32, .depth = 24, .handle = dumb.handle };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_ADDFB, &add));
	screen.framebuffer = add.fb_id;
	struct drm_mode_crtc set = { .crtc_id = screen.crtc, .fb_id = add.fb_id, .set_connectors_ptr = (uintptr_t)&screen.connector, .count_connectors = 1,
		.mode = screen.mode, .mode_valid = 1 };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set));
	return screen;
}

static inline int flip(int fd, const struct screen *screen, uint64_t user)
{
	return ioctl(fd, DRM_IOCTL_MODE_PAGE_FLIP, &(struct drm_mode_crtc_page_flip){ screen->crtc, screen->framebuffer, DRM_MODE_PAGE_FLIP_EVENT, 0, user });
}

/* On the first CRTC. An event of a vblank that has been comes at once. */
static inline int want_event(int fd, unsigned frames, unsigned long user)
{
	union drm_wait_vblank wait = { .request = { _DRM_VBLANK_RELATIVE | _DRM_VBLANK_EVENT, frames, user } };

	return ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait);
}

static inline int wait_frames(int fd, unsigned frames)
{
	union drm_wait_vblank wait = { .request = { _DRM_VBLANK_RELATIVE, frames, 0 } };

	return ioctl(fd, DRM_IOCTL_WAIT_VBLANK, &wait);
}

static inline struct drm_event_vblank next_event(int fd)
{
	struct drm_event_vblank event;

	CHECK(read(fd, &event, sizeof event) == sizeof event);
	CHECK(event.base.length == sizeof event);
	return event;
}

/* What poll reports now. */
static inline int polled(int fd, short wanted)
{
	struct pollfd one = { fd, wanted, 0 };

	CHECK(poll(&one, 1, 0) >= 0);
	return one.revents;
}

static inline void set_master(int fd)
{
	CHECK(!ioctl(fd, DRM_IOCTL_SET_MASTER, NULL));
}

static inline bool works(int fd)
{
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };

	return !ioctl(fd, DRM_IOCTL_GET_CAP, &cap) && cap.value == 1;
}

/* The end of a child, which must have found everything as it should be. */
static inline void join(pid_t child)
{
	int status = -1;

	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Until a child sleeps. */
static inline void await_sleep(pid_t child)
{
	char path[64], state = 0;

	sprintf(path, "/proc/%d/stat", child);
	while (state != 'S') {
		FILE *stat = fopen(path, "r");
		CHECK(stat && fscanf(stat, "%*d %*s %c", &state) == 1 && !fclose(stat));
		CHECK(state != 'Z');
	}
}

static inline void send_fd(int to, int fd)
{
	char byte = 'x';
	struct iovec io = { &byte, 1 };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };

	control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
	CHECK(sendmsg(to, &message, 0) == 1);
}

static inline int receive_fd(int from)
{
	char byte;
	struct iovec io = { &byte, 1 };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	int fd;

	CHECK(recvmsg(from, &message, 0) == 1);
	CHECK(message.msg_controllen >= CMSG_LEN(sizeof(int)));
	memcpy(&fd, CMSG_DATA(&control.header), sizeof fd);
	return fd;
}

static inline void socket_pair(int ends[2])
{
	CHECK(!socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends));
}
#endif
