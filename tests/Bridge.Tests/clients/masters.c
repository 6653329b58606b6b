/* Two programs at one card: who is master, and who is known to him. Each step is told to the other over a pair of sockets. */
#include <signal.h>
#include "card.h"

static int peer;

static void tell(uint32_t word) { CHECK(write(peer, &word, sizeof word) == sizeof word); }

static uint32_t hear(void)
{
	uint32_t word;

	CHECK(read(peer, &word, sizeof word) == sizeof word);
	return word;
}

/* Both run until their ends; the child's is the scenario's too. */
static void together(void (*first)(void), void (*second)(void))
{
	int ends[2];
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		peer = ends[1];
		close(ends[0]);
		second();
		exit(0);
	}
	peer = ends[0];
	close(ends[1]);
	first();
	join(child);
}

static int set_mode(int fd, const struct screen *screen)
{
	struct drm_mode_crtc off = { .crtc_id = screen->crtc };

	return ioctl(fd, DRM_IOCTL_MODE_SETCRTC, &off);
}

static void gives_way(void)
{
	int fd = open_card(0, O_RDWR);
	struct screen screen = light(fd);

	tell(screen.crtc);
	hear();
	CHECK(!ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL));
	FAILS(set_mode(fd, &screen), EACCES);
	tell(0);
	hear();
	FAILS(set_mode(fd, &screen), EACCES);
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	FAILS(ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL), EINVAL);
	tell(0);
	hear();
	set_master(fd);
	CHECK(!set_mode(fd, &screen));
}

static void takes_over(void)
{
	struct screen screen = { .crtc = hear() };
	int fd = open_card(0, O_RDWR);

	FAILS(set_mode(fd, &screen), EACCES);
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(works(fd));
	tell(0);
	hear();
	set_master(fd);
	light(fd);
	tell(0);
	hear();
	CHECK(!close(fd));
	tell(0);
}

static void the_master_gives_way(void) { together(gives_way, takes_over); }

static bool is_authenticated(int fd)
{
	struct drm_client client = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_GET_CLIENT, &client));
	return client.auth;
}

static void vouches(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_auth auth;

	CHECK(is_authenticated(fd));
	tell(0);
	auth.magic = hear();
	CHECK(!ioctl(fd, DRM_IOCTL_AUTH_MAGIC, &auth));
	tell(0);
	FAILS(ioctl(fd, DRM_IOCTL_AUTH_MAGIC, &auth), EINVAL);
	auth.magic = 0;
	FAILS(ioctl(fd, DRM_IOCTL_AUTH_MAGIC, &auth), EINVAL);
	hear();
}

static void is_vouched_for(void)
{
	hear();
	int fd = open_card(0, O_RDWR);
	struct drm_auth auth = { 0 };
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_gem_flink name = { .handle = dumb.handle };

	CHECK(!is_authenticated(fd));
	FAILS(ioctl(fd, DRM_IOCTL_GEM_FLINK, &name), EACCES);
	CHECK(!ioctl(fd, DRM_IOCTL_GET_MAGIC, &auth) && auth.magic);
	FAILS(ioctl(fd, DRM_IOCTL_AUTH_MAGIC, &auth), EACCES);
	tell(auth.magic);
	hear();
	CHECK(is_authenticated(fd));
	CHECK(!ioctl(fd, DRM_IOCTL_GEM_FLINK, &name) && name.name);
	tell(0);
}

static void the_master_vouches(void) { together(vouches, is_vouched_for); }

static void maps_and_closes(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *at = map(fd, &dumb);

	CHECK(!close(fd));
	tell(0);
	hear();
	CHECK(!munmap(at + 4096, dumb.size - 4096));
	tell(0);
	hear();
	CHECK(!munmap(at, 4096));
	tell(0);
}

static void waits_for_the_last_page(void)
{
	hear();
	int fd = open_card(0, O_RDWR);

	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	tell(0);
	hear();
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	tell(0);
	hear();
	set_master(fd);
}

static void a_mapping_keeps_master(void) { together(maps_and_closes, waits_for_the_last_page); }

static void dies(void)
{
	int fd = open_card(0, O_RDWR);

	light(fd);
	flip(fd, &(struct screen){ 0 }, 0);
	tell(0);
	_exit(0);
}

static void inherits(void)
{
	hear();
	pid_t parent = getppid();
	int fd = open_card(0, O_RDWR);
	char none;

	CHECK(parent > 1 && read(peer, &none, 1) == 0);
	set_master(fd);
	light(fd);
}

/* The one that dies is the child, so that its parent sees the end. */
static void a_dead_master_is_none(void) { together(inherits, dies); }

static uint32_t magic_of(int fd)
{
	struct drm_auth auth = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_GET_MAGIC, &auth) && auth.magic);
	return auth.magic;
}

static int authenticate(int fd, uint32_t magic)
{
	return ioctl(fd, DRM_IOCTL_AUTH_MAGIC, &(struct drm_auth){ magic });
}

/* A file keeps its magic, which its own master can use once, and another never. */
static void a_magic_is_its_masters(void)
{
	int first = open_card(0, O_RDWR), client = open_card(0, O_RDWR), second = open_card(0, O_RDWR), late;
	uint32_t magic = magic_of(client);

	CHECK(magic_of(client) == magic && magic_of(second) != magic);
	CHECK(!ioctl(first, DRM_IOCTL_DROP_MASTER, NULL) && !ioctl(second, DRM_IOCTL_SET_MASTER, NULL));
	FAILS(authenticate(second, magic), EINVAL);
	late = open_card(0, O_RDWR);
	CHECK(!authenticate(second, magic_of(late)));
	CHECK(!ioctl(second, DRM_IOCTL_DROP_MASTER, NULL) && !ioctl(first, DRM_IOCTL_SET_MASTER, NULL));
	CHECK(!authenticate(first, magic));
	FAILS(authenticate(first, magic), EINVAL);
	CHECK(magic_of(client) == magic);
	FAILS(authenticate(first, magic), EINVAL);
}

static unsigned long length_of_bus_id(int fd)
{
	struct drm_unique unique = { 0 };

	CHECK(!ioctl(fd, DRM_IOCTL_GET_UNIQUE, &unique));
	return unique.unique_len;
}

/* It goes with the last file of that master: who comes next finds none. */
static void a_bus_id_is_its_masters(void)
{
	struct drm_set_version version = { 1, 4, -1, -1 };
	int first = open_card(0, O_RDWR), client = open_card(0, O_RDWR), second = open_card(0, O_RDWR), late;

	CHECK(!length_of_bus_id(client) && !ioctl(first, DRM_IOCTL_SET_VERSION, &version));
	CHECK(length_of_bus_id(first) && length_of_bus_id(client));
	CHECK(!ioctl(first, DRM_IOCTL_DROP_MASTER, NULL) && !ioctl(second, DRM_IOCTL_SET_MASTER, NULL));
	late = open_card(0, O_RDWR);
	CHECK(!length_of_bus_id(second) && !length_of_bus_id(late) && length_of_bus_id(client));
	CHECK(!close(second) && !close(late) && !close(client));
	CHECK(!ioctl(first, DRM_IOCTL_SET_MASTER, NULL) && length_of_bus_id(first) && !close(first));
	CHECK(!length_of_bus_id(open_card(0, O_RDWR)));
}

static uint32_t handle_under(int fd, uint32_t framebuffer)
{
	struct drm_mode_fb_cmd get = { .fb_id = framebuffer };

	CHECK(!ioctl(fd, DRM_IOCTL_MODE_GETFB, &get));
	return get.handle;
}

/* The right of root, and of who was master before, is the caller's and not the file's: whoever sent it may be another process, and one without rights. */
static void who_calls_counts(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	struct screen screen = light(fd);
	bool root = !geteuid();
	pid_t child;

	CHECK(!handle_under(other, screen.framebuffer) == !root);
	if (!(child = fork())) {
		struct drm_client client = { 0 };
		CHECK(!root || (!setgid(65534) && !setuid(65534)));
		FAILS(ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL), EACCES);
		FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EACCES);
		FAILS(ioctl(other, DRM_IOCTL_SET_MASTER, NULL), EACCES);
		/* Which does not take from the file what it is. */
		FAILS(authenticate(fd, 0), EINVAL);
		CHECK(handle_under(fd, screen.framebuffer) && !handle_under(other, screen.framebuffer));
		CHECK(!ioctl(fd, DRM_IOCTL_GET_CLIENT, &client) && client.pid == (unsigned long)getpid() && client.uid == 65534 && client.auth);
		exit(0);
	}
	join(child);
	CHECK(!ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL) && !ioctl(fd, DRM_IOCTL_SET_MASTER, NULL));
}

/* Whoever opens a card that nobody has is its master. */
static void who_comes_next_is_master_at_once(void)
{
	for (int i = 0; i < 300; i++) {
		int fd = open_card(0, O_RDWR);
		CHECK(!ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL));
		CHECK(!ioctl(fd, DRM_IOCTL_SET_MASTER, NULL));
		CHECK(!close(fd));
	}
}

/* What it was opening when it died is nobody's: who comes next, however soon, is the first. */
static void who_comes_after_a_kill_is_master_at_once(void)
{
	for (unsigned i = 0; i < 100; i++) {
		pid_t child = fork();
		if (!child)
			for (;;)
				close(open_card(0, O_RDWR));
		/* Anywhere in it, and another place each time. */
		usleep(i * 997 % 3000);
		kill(child, SIGKILL);
		CHECK(waitpid(child, NULL, 0) == child);
		int fd = open_card(0, O_RDWR);
		CHECK(!ioctl(fd, DRM_IOCTL_DROP_MASTER, NULL));
		CHECK(!close(fd));
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "the-master-gives-way", the_master_gives_way },
		{ "the-master-vouches", the_master_vouches },
		{ "a-magic-is-its-masters", a_magic_is_its_masters },
		{ "a-bus-id-is-its-masters", a_bus_id_is_its_masters },
		{ "who-calls-counts", who_calls_counts },
		{ "a-mapping-keeps-master", a_mapping_keeps_master },
		{ "a-dead-master-is-none", a_dead_master_is_none },
		{ "who-comes-next-is-master-at-once", who_comes_next_is_master_at_once },
		{ "who-comes-after-a-kill-is-master-at-once", who_comes_after_a_kill_is_master_at_once },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
