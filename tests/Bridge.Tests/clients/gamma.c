/* Gamma tables of the RK3399's CRTCs, of 1024 and 256 entries: a table that inverts stays behind on the first. */
#include "card.h"

#define SIZE 1024

static int gamma_call(int fd, unsigned long call, uint32_t crtc, uint32_t size, uint16_t *red, uint16_t *green, uint16_t *blue)
{
	struct drm_mode_crtc_lut lut = { crtc, size, (uintptr_t)red, (uintptr_t)green, (uintptr_t)blue };

	return ioctl(fd, call, &lut);
}

static uint32_t gamma_size(int fd, uint32_t crtc)
{
	struct drm_mode_crtc get = { .crtc_id = crtc };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCRTC, &get));
	return get.gamma_size;
}

/* The CRTC's GAMMA_LUT, as the id of its blob, and the property's own id. */
static uint32_t gamma_lut(int fd, uint32_t crtc, uint32_t *property)
{
	uint32_t ids[32];
	uint64_t values[32];
	struct drm_mode_obj_get_properties all = { .props_ptr = (uintptr_t)ids, .prop_values_ptr = (uintptr_t)values, .count_props = 32,
		.obj_id = crtc, .obj_type = DRM_MODE_OBJECT_CRTC };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_GETPROPERTIES, &all));
	for (uint32_t i = 0; i < all.count_props; i++) {
		struct drm_mode_get_property get = { .prop_id = ids[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPROPERTY, &get));
		if (!strcmp(get.name, "GAMMA_LUT")) {
			*property = ids[i];
			return (uint32_t)values[i];
		}
	}
	CHECK(!"there is a GAMMA_LUT");
	return 0;
}

int main(void)
{
	static uint16_t falling[SIZE], half[SIZE], red[SIZE], green[SIZE], blue[SIZE];
	static struct drm_color_lut lut[SIZE];
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	uint32_t crtcs[2], property;
	struct drm_mode_card_res all = { .crtc_id_ptr = (uintptr_t)crtcs, .count_crtcs = 2 };
	struct screen screen = light(fd);

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all));
	CHECK(gamma_size(fd, screen.crtc) == SIZE && gamma_size(fd, crtcs[1]) == 256);
	for (int i = 0; i < SIZE; i++) {
		falling[i] = (uint16_t)(65535 - i * 65535 / (SIZE - 1));
		half[i] = falling[i] / 2;
	}

	/* Until one is set there is none in the hardware, and the kernel's idea of one to be told. */
	CHECK(!gamma_lut(fd, screen.crtc, &property));
	CHECK(!gamma_call(other, DRM_IOCTL_MODE_GETGAMMA, screen.crtc, SIZE, red, green, blue));
	CHECK(red[1] == 256 && green[255] == 0xff00 && blue[256] == 0);

	/* Rights, then the CRTC, then the size, then the memory. */
	FAILS(gamma_call(other, DRM_IOCTL_MODE_SETGAMMA, 4711, 7, NULL, NULL, NULL), EACCES);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_SETGAMMA, 4711, 7, NULL, NULL, NULL), ENOENT);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_SETGAMMA, screen.crtc, 256, NULL, NULL, NULL), EINVAL);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_SETGAMMA, screen.crtc, 0xffffffff, falling, falling, falling), EINVAL);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_SETGAMMA, screen.crtc, SIZE, falling, falling, (uint16_t *)8), EFAULT);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_GETGAMMA, 4711, SIZE, red, green, blue), ENOENT);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_GETGAMMA, screen.crtc, 0, red, green, blue), EINVAL);
	FAILS(gamma_call(fd, DRM_IOCTL_MODE_GETGAMMA, screen.crtc, SIZE, red, NULL, blue), EFAULT);
	CHECK(!gamma_lut(fd, screen.crtc, &property));

	/* What was set is told, by both ways. */
	CHECK(!gamma_call(fd, DRM_IOCTL_MODE_SETGAMMA, screen.crtc, SIZE, falling, half, falling));
	CHECK(!gamma_call(other, DRM_IOCTL_MODE_GETGAMMA, screen.crtc, SIZE, red, green, blue));
	CHECK(!memcmp(red, falling, sizeof red) && !memcmp(green, half, sizeof green) && !memcmp(blue, falling, sizeof blue));
	struct drm_mode_get_blob blob = { .blob_id = gamma_lut(other, screen.crtc, &property), .length = sizeof lut, .data = (uintptr_t)lut };
	CHECK(!ioctl(other, DRM_IOCTL_MODE_GETPROPBLOB, &blob) && blob.length == sizeof lut);
	for (int i = 0; i < SIZE; i++)
		CHECK(lut[i].red == falling[i] && lut[i].green == half[i] && lut[i].blue == falling[i] && !lut[i].reserved);

	/* As a property it is taken away and given back; the legacy table does not know. */
	struct drm_mode_obj_set_property set = { .prop_id = property, .obj_id = screen.crtc, .obj_type = DRM_MODE_OBJECT_CRTC };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_SETPROPERTY, &set) && !gamma_lut(fd, screen.crtc, &property));
	CHECK(!gamma_call(fd, DRM_IOCTL_MODE_GETGAMMA, screen.crtc, SIZE, red, green, blue) && !memcmp(green, half, sizeof green));
	for (int i = 0; i < SIZE; i++)
		lut[i].green = falling[i];
	struct drm_mode_create_blob small = { .data = (uintptr_t)lut, .length = sizeof lut / 4 }, full = { .data = (uintptr_t)lut, .length = sizeof lut };
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &small) && !ioctl(fd, DRM_IOCTL_MODE_CREATEPROPBLOB, &full));
	set.value = small.blob_id;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_OBJ_SETPROPERTY, &set), EINVAL);
	set.value = full.blob_id;
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_SETPROPERTY, &set) && gamma_lut(fd, screen.crtc, &property) == full.blob_id);
	return 0;
}
