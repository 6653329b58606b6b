/* A client that has all that a daemon with few descriptors has to give. */
#define _GNU_SOURCE
#include "timeline.h"

#define MANY 2000

static int fences[MANY];
static uint32_t handles[MANY];

static int open_if_it_may(void)
{
	return open("/dev/dri/card0", O_RDWR);
}

static int merge(void)
{
	return ioctl(fences[0], SYNC_IOC_MERGE, &(struct sync_merge_data){ .fd2 = fences[1] });
}

static void greedy(void)
{
	int fd = open_card(0, O_RDWR), timeline = open_timeline(), count = 0, buffers = 0;
	struct drm_mode_create_dumb dumb = { .width = 64, .height = 64, .bpp = 32 };
	struct point point = { .value = 1 };
	char byte;
	pid_t child;

	CHECK(works(fd) && write(1, "ready\n", 6) == 6 && read(0, &byte, 1) == 1);
	while (count < MANY && !ioctl(timeline, _IOWR('W', 0, struct point), &point))
		fences[count++] = point.fence;
	CHECK(count > 50 && count < MANY);
	FAILS(ioctl(timeline, _IOWR('W', 0, struct point), &point), EMFILE);
	for (; buffers < MANY && !ioctl(fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb); buffers++)
		handles[buffers] = dumb.handle;
	CHECK(buffers < MANY);
	FAILS(ioctl(fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb), ENOMEM);
	FAILS(open_if_it_may(), EMFILE);
	FAILS(merge(), EMFILE);
	/* What makes nothing goes on, in whatever process. */
	CHECK(works(fd) && !status_of(fences[0]));
	if (!(child = fork())) {
		move_on(timeline, 1);
		CHECK(works(fd) && status_of(fences[count - 1]) == 1);
		exit(0);
	}
	join(child);
	CHECK(polled(fences[0], POLLIN) == POLLIN);
	while (count > 2)
		CHECK(!close(fences[--count]));
	while (buffers)
		CHECK(!gem_close(fd, handles[--buffers]));
	CHECK(!merge() && open_if_it_may() >= 0 && works(open_if_it_may()));
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = { { "greedy", greedy }, { 0, 0 } };

	return run_scenario(all, argc, argv);
}
