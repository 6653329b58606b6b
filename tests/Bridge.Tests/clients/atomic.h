/* Atomic commits on a board with a writeback connector. */
#ifndef ATOMIC_H
#define ATOMIC_H
#include <drm_fourcc.h>
#include "card.h"

struct output {
	struct screen screen;
	uint32_t plane, writeback;
};

/* A commit as it is put together: the properties of one object after each other. */
struct commit {
	uint32_t objects[8], counts[8], properties[32], used, all;
	uint64_t values[32];
};

static inline uint32_t property(int fd, uint32_t object, const char *name)
{
	uint32_t ids[64];
	uint64_t values[64];
	struct drm_mode_obj_get_properties get = { .props_ptr = (uintptr_t)ids, .prop_values_ptr = (uintptr_t)values, .count_props = 64, .obj_id = object };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_OBJ_GETPROPERTIES, &get));
	for (uint32_t i = 0; i < get.count_props; i++) {
		struct drm_mode_get_property one = { .prop_id = ids[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPROPERTY, &one));
		if (!strcmp(one.name, name))
			return ids[i];
	}
	CHECK(!"there is no such property");
	return 0;
}

static inline void put(int fd, struct commit *commit, uint32_t object, const char *name, uint64_t value)
{
	if (!commit->used || commit->objects[commit->used - 1] != object)
		commit->objects[commit->used++] = object;
	commit->counts[commit->used - 1]++;
	commit->properties[commit->all] = property(fd, object, name);
	commit->values[commit->all++] = value;
}

static inline int do_commit(int fd, struct commit *commit, uint32_t flags, uint64_t user)
{
	struct drm_mode_atomic atomic = { .flags = flags, .count_objs = commit->used, .objs_ptr = (uintptr_t)commit->objects,
		.count_props_ptr = (uintptr_t)commit->counts, .props_ptr = (uintptr_t)commit->properties, .prop_values_ptr = (uintptr_t)commit->values,
		.user_data = user };

	return ioctl(fd, DRM_IOCTL_MODE_ATOMIC, &atomic);
}

static inline uint32_t add_framebuffer(int fd, const struct drm_mode_create_dumb *dumb)
{
	struct drm_mode_fb_cmd2 add = { .width = dumb->width, .height = dumb->height, .pixel_format = DRM_FORMAT_XRGB8888,
		.handles = { dumb->handle }, .pitches = { dumb->pitch } };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_ADDFB2, &add));
	return add.fb_id;
}

/* The plane that shows it, of a client that sees them all. */
static inline uint32_t plane_of(int fd, uint32_t framebuffer)
{
	uint32_t planes[64];
	struct drm_mode_get_plane_res has = { .plane_id_ptr = (uintptr_t)planes, .count_planes = 64 };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPLANERESOURCES, &has));
	for (uint32_t i = 0; i < has.count_planes; i++) {
		struct drm_mode_get_plane get = { .plane_id = planes[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPLANE, &get));
		if (get.fb_id == framebuffer)
			return planes[i];
	}
	CHECK(!"a plane shows it");
	return 0;
}

static inline struct output light_with_writeback(int fd)
{
	struct output output = { .screen = light(fd) };
	uint32_t connectors[8];
	struct drm_mode_card_res all = { .connector_id_ptr = (uintptr_t)connectors, .count_connectors = 8 };

	CHECK(!ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_ATOMIC, 1 }));
	CHECK(!ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_WRITEBACK_CONNECTORS, 1 }));
	output.plane = plane_of(fd, output.screen.framebuffer);
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all));
	for (uint32_t i = 0; i < all.count_connectors; i++) {
		struct drm_mode_get_connector get = { .connector_id = connectors[i], .count_modes = 0 };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCONNECTOR, &get));
		if (get.connector_type == DRM_MODE_CONNECTOR_WRITEBACK)
			output.writeback = connectors[i];
	}
	CHECK(output.writeback);
	return output;
}
#endif
