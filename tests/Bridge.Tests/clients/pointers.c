/* Addresses and counts that are wrong: an errno each, and the card works on. */
#include "card.h"

#define NOWHERE ((uintptr_t)16)
#define KERNELS (~(uintptr_t)4095)

static char *edge; /* the first byte behind a page that may be written */

static void make_edge(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED && !mprotect(pages + 4096, 4096, PROT_NONE));
	edge = pages + 4096;
}

static void arguments(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_get_cap cap = { .capability = DRM_CAP_DUMB_BUFFER };

	make_edge();
	FAILS(ioctl(fd, DRM_IOCTL_GET_CAP, NULL), EFAULT);
	FAILS(ioctl(fd, DRM_IOCTL_GET_CAP, NOWHERE), EFAULT);
	FAILS(ioctl(fd, DRM_IOCTL_GET_CAP, KERNELS), EFAULT);
	FAILS(ioctl(fd, DRM_IOCTL_GET_CAP, edge - 8), EFAULT);
	memcpy(edge - sizeof cap, &cap, sizeof cap);
	CHECK(!ioctl(fd, DRM_IOCTL_GET_CAP, edge - sizeof cap));
	memcpy(&cap, edge - sizeof cap, sizeof cap);
	CHECK(cap.value == 1);
	/* What cannot be written to was done all the same, and its answer is lost. */
	struct drm_mode_create_dumb *dumb = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	*dumb = (struct drm_mode_create_dumb){ .width = 64, .height = 64, .bpp = 32 };
	CHECK(!mprotect(dumb, 4096, PROT_READ));
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATE_DUMB, dumb), EFAULT);
	CHECK(!gem_close(fd, 1));
	CHECK(works(fd));
}

static void texts(void)
{
	int fd = open_card(0, O_RDWR);
	char name[64] = "";
	struct drm_version version = { .name_len = sizeof name, .name = (char *)NOWHERE };

	FAILS(ioctl(fd, DRM_IOCTL_VERSION, &version), EFAULT);
	version = (struct drm_version){ .name_len = 3, .name = name };
	CHECK(!ioctl(fd, DRM_IOCTL_VERSION, &version) && version.name_len == strlen("rockchip") && !strcmp(name, "roc"));
	version = (struct drm_version){ .name_len = ~0ul, .name = name };
	CHECK(!ioctl(fd, DRM_IOCTL_VERSION, &version) && !strcmp(name, "rockchip"));
	CHECK(works(fd));
}

static void arrays(void)
{
	int fd = open_card(0, O_RDWR);
	uint32_t ids[64];
	struct drm_mode_card_res all = { .count_crtcs = 1, .crtc_id_ptr = NOWHERE };

	make_edge();
	FAILS(ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all), EFAULT);
	/* Only what there is comes, whatever room is claimed. */
	all = (struct drm_mode_card_res){ .count_crtcs = ~0u, .crtc_id_ptr = (uintptr_t)ids };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all) && all.count_crtcs == 2);
	/* Too little room: the first come. */
	all = (struct drm_mode_card_res){ .count_crtcs = 1, .crtc_id_ptr = (uintptr_t)(edge - 4) };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all) && all.count_crtcs == 2 && !memcmp(edge - 4, ids, 4));
	all = (struct drm_mode_card_res){ .count_crtcs = 2, .crtc_id_ptr = (uintptr_t)(edge - 4) };
	FAILS(ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all), EFAULT);
	CHECK(works(fd));
}

static void counts(void)
{
	int fd = open_card(0, O_RDWR);
	struct screen screen = light(fd);
	struct drm_mode_crtc set = { .crtc_id = screen.crtc, .fb_id = screen.framebuffer, .mode = screen.mode, .mode_valid = 1,
		.set_connectors_ptr = (uintptr_t)&screen.connector, .count_connectors = ~0u };

	FAILS(ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set), EINVAL);
	set.count_connectors = 1;
	set.set_connectors_ptr = NOWHERE;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set), EFAULT);
	struct drm_mode_create_blob blob = { .data = (uintptr_t)&screen, .length = ~0u };
	CHECK(ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &blob) < 0);
	blob.length = 0;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &blob), EINVAL);
	blob = (struct drm_mode_create_blob){ .data = NOWHERE, .length = 8 };
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &blob), EFAULT);
	/* A number with the largest size that it can say, and memory of only so many bytes. */
	CHECK(ioctl(fd, _IOC(_IOC_READ | _IOC_WRITE, 'd', 0x0c, 0x3fff), edge) < 0);
	CHECK(!flip(fd, &screen, 7) && next_event(fd).user_data == 7);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "arguments", arguments },
		{ "texts", texts },
		{ "arrays", arrays },
		{ "counts", counts },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
