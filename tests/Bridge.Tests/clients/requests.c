/* Arrays of a call that end before they are said to: the kernel looks at each item before it reads the next. The board is vkms. */
#include "atomic.h"

/* Room for this many bytes at the end of a page, with nothing behind it. */
static void *last(size_t bytes)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED && !munmap(pages + 4096, 4096));
	return pages + 4096 - bytes;
}

static uint64_t value(int fd, uint32_t object, uint32_t property)
{
	uint32_t ids[64];
	uint64_t values[64];
	struct drm_mode_obj_get_properties get = { .props_ptr = (uintptr_t)ids, .prop_values_ptr = (uintptr_t)values, .count_props = 64, .obj_id = object };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_GETPROPERTIES, &get));
	for (uint32_t i = 0; i < get.count_props; i++)
		if (ids[i] == property)
			return values[i];
	CHECK(!"it has the property");
	return 0;
}

static void objects_end(void)
{
	int fd = open_card(0, O_RDWR);
	struct output output = light_with_writeback(fd);
	uint32_t crtc = output.screen.crtc, *objects = last(16), counts[16] = { 0 };
	struct drm_mode_atomic atomic = { .count_objs = 4, .objs_ptr = (uintptr_t)objects, .count_props_ptr = (uintptr_t)counts };

	for (int i = 0; i < 4; i++)
		objects[i] = crtc;
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic));
	for (atomic.count_objs = 5; atomic.count_objs; atomic.count_objs = atomic.count_objs == 5 ? UINT32_MAX : 0) {
		objects[3] = crtc;
		FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), EFAULT);
		objects[3] = 0;
		FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), ENOENT);
	}
	/* The count is read after the object has been found. */
	objects[3] = crtc;
	atomic.count_objs = 4;
	atomic.count_props_ptr = (uintptr_t)memset(last(8), 0, 8);
	FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), EFAULT);
	objects[2] = output.screen.framebuffer;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), ENOENT);
	atomic.objs_ptr = UINT64_MAX - 4;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), EFAULT);
}

static void properties_end(void)
{
	int fd = open_card(0, O_RDWR);
	struct output output = light_with_writeback(fd);
	uint32_t crtc[2] = { output.screen.crtc, output.screen.crtc }, counts[2] = { 1, 3 }, *properties = last(16), mode = property(fd, *crtc, "MODE_ID");
	uint64_t *values = last(32), blob = value(fd, *crtc, mode);
	struct drm_mode_atomic atomic = { .count_objs = 2, .objs_ptr = (uintptr_t)crtc, .count_props_ptr = (uintptr_t)counts, .props_ptr = (uintptr_t)properties,
		.prop_values_ptr = (uintptr_t)values };
	static const uint32_t more[] = { 4, 5000, UINT32_MAX / 4, UINT32_MAX };

	for (int i = 0; i < 4; i++)
		properties[i] = mode, values[i] = blob;
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic));
	for (int i = 0; i < 4; i++) {
		counts[1] = more[i];
		FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), EFAULT);
		properties[3] = *crtc;
		FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), ENOENT);
		properties[3] = mode;
		values[2] = output.screen.framebuffer;
		FAILS(ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic), EINVAL);
		values[2] = blob;
	}
}

static void connectors_end(void)
{
	int fd = open_card(0, O_RDWR);
	struct output output = light_with_writeback(fd);
	uint32_t *connectors = last(4);
	struct drm_mode_crtc set = { .set_connectors_ptr = (uintptr_t)connectors, .count_connectors = 2, .crtc_id = output.screen.crtc,
		.fb_id = output.screen.framebuffer, .mode_valid = 1, .mode = output.screen.mode };

	*connectors = output.screen.connector;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set), EFAULT);
	*connectors = output.screen.crtc;
	FAILS(ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set), ENOENT);
	set.count_connectors = 9; /* more than there are */
	FAILS(ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set), EINVAL);
	set.count_connectors = 1;
	*connectors = output.screen.connector;
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &set));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "objects-end", objects_end },
		{ "properties-end", properties_end },
		{ "connectors-end", connectors_end },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
