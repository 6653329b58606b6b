/* Leases as a VR runtime gets one: the compositor lends a CRTC, a connector and a plane, and sends the descriptor to another process. */
#include "card.h"
#include <signal.h>

struct parts {
	uint32_t id[3]; /* the second CRTC, the connector with a monitor, and that CRTC's primary plane */
};

static struct parts look(int fd)
{
	uint32_t crtcs[8], connectors[8], planes[64];
	struct drm_mode_card_res all = { .crtc_id_ptr = (uintptr_t)crtcs, .connector_id_ptr = (uintptr_t)connectors, .count_crtcs = 8, .count_connectors = 8 };
	struct drm_mode_get_plane_res has = { .plane_id_ptr = (uintptr_t)planes, .count_planes = 64 };
	struct parts parts = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_SET_CLIENT_CAP, &(struct drm_set_client_cap){ DRM_CLIENT_CAP_UNIVERSAL_PLANES, 1 }));
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETRESOURCES, &all) && all.count_crtcs == 2);
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPLANERESOURCES, &has));
	parts.id[0] = crtcs[1];
	for (uint32_t i = 0; i < all.count_connectors; i++) {
		struct drm_mode_get_connector get = { .connector_id = connectors[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETCONNECTOR, &get));
		if (get.connection == 1)
			parts.id[1] = connectors[i];
	}
	for (uint32_t i = 0; i < has.count_planes; i++) {
		struct drm_mode_get_plane get = { .plane_id = planes[i] };
		CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETPLANE, &get));
		if (get.possible_crtcs == 2 && !parts.id[2])
			parts.id[2] = planes[i];
	}
	CHECK(parts.id[1] && parts.id[2]);
	return parts;
}

static int lend(int fd, struct parts *parts, uint32_t flags, struct drm_mode_create_lease *lease)
{
	*lease = (struct drm_mode_create_lease){ .object_ids = (uintptr_t)parts->id, .object_count = 3, .flags = flags, .fd = 0xdead };
	return ioctl(fd, DRM_IOCTL_MODE_CREATE_LEASE, lease);
}

static uint32_t lessees(int fd)
{
	struct drm_mode_list_lessees list = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_LIST_LESSEES, &list));
	return list.count_lessees;
}

static void the_descriptor_is_as_asked_for(void)
{
	int fd = open_card(0, O_RDWR), lowest = dup(fd);
	struct parts parts = look(fd);
	struct drm_mode_create_lease lease, other;
	char byte;

	close(lowest);
	CHECK(!lend(fd, &parts, O_CLOEXEC | O_NONBLOCK, &lease));
	CHECK((int)lease.fd == lowest && lease.lessee_id == 1);
	CHECK(fcntl((int)lease.fd, F_GETFD) == FD_CLOEXEC);
	CHECK(fcntl((int)lease.fd, F_GETFL) & O_NONBLOCK);
	FAILS(read((int)lease.fd, &byte, 1), EAGAIN);
	FAILS(lend(fd, &parts, 0, &other), EBUSY);
	CHECK(other.fd == 0xdead && !other.lessee_id);
	CHECK(!close((int)lease.fd));
	CHECK(!lessees(fd));
	CHECK(!lend(fd, &parts, 0, &lease));
	CHECK(fcntl((int)lease.fd, F_GETFD) == 0 && !(fcntl((int)lease.fd, F_GETFL) & O_NONBLOCK));
	struct drm_mode_create_lease unreadable = { .object_ids = 8, .object_count = 3 };
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATE_LEASE, &unreadable), EFAULT);
}

/* The lessee's process lights its screen and flips; it has never opened a card. */
static void lives_on_a_lease(int from)
{
	int fd = receive_fd(from);
	struct screen screen = light(fd);
	uint32_t ids[8];
	struct drm_mode_get_lease get = { .count_objects = 8, .objects_ptr = (uintptr_t)ids };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GET_LEASE, &get) && get.count_objects == 3);
	CHECK(!flip(fd, &screen, 7));
	CHECK(next_event(fd).user_data == 7);
	CHECK(!wait_frames(fd, 1));
	send_fd(from, fd);
	pause();
}

static void a_process_that_dies_gives_back_its_lease(void)
{
	int ends[2], fd = open_card(0, O_RDWR);
	struct parts parts = look(fd);
	struct drm_mode_create_lease lease;
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		close(fd);
		close(ends[0]);
		lives_on_a_lease(ends[1]);
	}
	close(ends[1]);
	CHECK(!lend(fd, &parts, O_CLOEXEC, &lease));
	send_fd(ends[0], (int)lease.fd);
	close((int)lease.fd);
	close(receive_fd(ends[0]));
	CHECK(lessees(fd) == 1);
	FAILS(lend(fd, &parts, 0, &lease), EBUSY);
	CHECK(!kill(child, SIGKILL) && waitpid(child, NULL, 0) == child);
	CHECK(!lend(fd, &parts, 0, &lease) && lease.lessee_id == 1);
}

static void next(const char *word)
{
	char byte;

	puts(word);
	fflush(stdout);
	CHECK(read(0, &byte, 1) == 1);
}

/* Each step waits for a byte of input. */
static void is_lent_revoked_and_closed(void)
{
	int fd = open_card(0, O_RDWR);
	struct parts parts = look(fd);
	struct drm_mode_create_lease lease, again;

	CHECK(!lend(fd, &parts, O_CLOEXEC, &lease));
	next("lent");
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_REVOKE_LEASE, &(struct drm_mode_revoke_lease){ .lessee_id = lease.lessee_id }));
	next("revoked");
	CHECK(!close((int)lease.fd) && !lend(fd, &parts, O_CLOEXEC, &again));
	next("closed");
	exit(0);
}

static void many_leases_leave_no_descriptor(void)
{
	int fd = open_card(0, O_RDWR);
	struct parts parts = look(fd);
	struct drm_mode_create_lease lease, refused;
	int first = 0;

	for (int i = 0; i < 300; i++) {
		CHECK(!lend(fd, &parts, O_CLOEXEC, &lease));
		if (!i)
			first = (int)lease.fd;
		CHECK((int)lease.fd == first);
		FAILS(lend(fd, &parts, O_CLOEXEC, &refused), EBUSY);
		CHECK(!close((int)lease.fd));
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "the-descriptor-is-as-asked-for", the_descriptor_is_as_asked_for },
		{ "a-process-that-dies-gives-back-its-lease", a_process_that_dies_gives_back_its_lease },
		{ "is-lent-revoked-and-closed", is_lent_revoked_and_closed },
		{ "many-leases-leave-no-descriptor", many_leases_leave_no_descriptor },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
