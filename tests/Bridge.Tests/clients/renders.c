/* A card and its render node, as a compositor and a client without a screen use them. The board is vgem. */
#include <sys/stat.h>
#include <poll.h>
#include <sys/sysmacros.h>
#include "vgem.h"

static int open_render(void)
{
	int fd;

	CHECK((fd = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)) >= 0);
	return fd;
}

static void nodes(void)
{
	int fd = open_render();
	struct stat by_path, open_node;
	struct drm_version version = { 0 };
	char path[64], to[64] = "";

	CHECK(!fstat(fd, &open_node) && S_ISCHR(open_node.st_mode) && open_node.st_rdev == makedev(226, 128));
	CHECK(!stat("/dev/dri/by-path/platform-vgem-render", &by_path) && by_path.st_rdev == open_node.st_rdev);
	CHECK(!stat("/sys/dev/char/226:128/device/drm/card0", &by_path) && !stat("/sys/class/drm/renderD128/device/subsystem", &by_path));
	sprintf(path, "/proc/self/fd/%d", fd);
	CHECK(readlink(path, to, sizeof to - 1) > 0 && !strcmp(to, "/dev/dri/renderD128"));
	CHECK(!ioctl(fd, DRM_IOCTL_VERSION, &version));
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EACCES);
	FAILS(open("/dev/dri/renderD129", O_RDWR), ENOENT);
	/* Both have the one debugfs, and what shows modes has no files without any. */
	CHECK(!access("/sys/kernel/debug/dri/128/name", R_OK) && !access("/sys/kernel/debug/dri/0/gem_names", R_OK));
	FAILS(access("/sys/kernel/debug/dri/128/state", F_OK), ENOENT);
	FAILS(access("/sys/kernel/debug/dri/0/framebuffer", F_OK), ENOENT);
	FAILS(access("/sys/kernel/debug/dri/0/vkms_config", F_OK), ENOENT);
}

/* What the renderer has drawn into, the card imports. */
static void a_client_renders_for_a_card(void)
{
	int render = open_render(), card = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(card, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };

	CHECK(!ioctl(card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	CHECK(!ioctl(render, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime));
	CHECK(prime.handle && !gem_close(render, prime.handle));
}

/* More than the daemon sees of it at once. */
static void a_buffer_may_have_two_gigabytes(void)
{
	int card = open_card(0, O_RDWR), render = open_render();
	struct drm_mode_create_dumb dumb = { .width = 1 << 15, .height = 1 << 15, .bpp = 16 };
	struct drm_prime_handle prime = { .flags = DRM_CLOEXEC | DRM_RDWR };
	char *at, *again;

	CHECK(!ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &dumb) && dumb.size == 1ull << 31);
	at = map(card, &dumb);
	CHECK(!at[dumb.size - 1]);
	at[dumb.size - 1] = 9;
	prime.handle = dumb.handle;
	CHECK(!ioctl(card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime) && lseek(prime.fd, 0, SEEK_END) == 1ll << 31);
	CHECK(!gem_close(card, dumb.handle) && !munmap(at, dumb.size));
	CHECK(!ioctl(render, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime) && !gem_close(render, prime.handle));
	CHECK((again = mmap(NULL, 4096, PROT_READ, MAP_SHARED, prime.fd, (1ll << 31) - 4096)) != MAP_FAILED && again[4095] == 9);
	CHECK(!munmap(again, 4096) && !close(prime.fd));
}

static int ready(int dma_buf, short events)
{
	struct pollfd wanted = { dma_buf, events, 0 };

	return poll(&wanted, 1, 0) == 1;
}

/* A buffer that a program holds busy by hand, as poll shows it, through the card and through its render node. */
static void a_fence_is_attached(void)
{
	int card = open_card(0, O_RDWR), render = open_render();
	struct drm_mode_create_dumb dumb = create(card, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR };
	struct vgem_signal over = { 0 };
	struct vgem_attach wrong;
	struct pollfd idle;

	CHECK(!ioctl(card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	over.fence = attach(card, dumb.handle, 0);
	CHECK(ready(prime.fd, POLLIN) && !ready(prime.fd, POLLOUT));
	wrong = (struct vgem_attach){ .handle = dumb.handle, .flags = VGEM_WRITE };
	FAILS(ioctl(card, VGEM_ATTACH, &wrong), EBUSY);
	CHECK(!ioctl(card, VGEM_SIGNAL, &over) && ready(prime.fd, POLLOUT));
	FAILS(ioctl(card, VGEM_SIGNAL, &over), ENOENT);
	FAILS(ioctl(card, VGEM_ATTACH, (void *)8), EFAULT);

	CHECK(!ioctl(render, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime));
	attach(render, prime.handle, VGEM_WRITE);
	CHECK(!ready(prime.fd, POLLIN) && !ready(prime.fd, POLLOUT));
	/* It goes with the file. */
	CHECK(!close(render));
	idle = (struct pollfd){ prime.fd, POLLOUT, 0 };
	CHECK(poll(&idle, 1, -1) == 1 && !close(prime.fd));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "nodes", nodes }, { "a-client-renders-for-a-card", a_client_renders_for_a_card },
					     { "a-fence-is-attached", a_fence_is_attached }, { "a-buffer-may-have-two-gigabytes", a_buffer_may_have_two_gigabytes }, { 0 } };

	return run_scenario(all, argc, argv);
}
