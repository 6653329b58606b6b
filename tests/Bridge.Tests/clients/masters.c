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
		{ "a-mapping-keeps-master", a_mapping_keeps_master },
		{ "a-dead-master-is-none", a_dead_master_is_none },
		{ "who-comes-next-is-master-at-once", who_comes_next_is_master_at_once },
		{ "who-comes-after-a-kill-is-master-at-once", who_comes_after_a_kill_is_master_at_once },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
