/* Dma-bufs as a compositor and its clients use them: between processes, programs and cards. */
#define _GNU_SOURCE
#include <signal.h>
#include "buffer.h"

/* The client, which has never opened a card, draws into what it is sent, and sends its own. */
static void draws(int from)
{
	int buffer = receive_fd(from);
	struct dma_buf_sync sync = { DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW };
	off_t size = lseek(buffer, 0, SEEK_END);

	CHECK(!ioctl(buffer, DMA_BUF_IOCTL_SYNC, &sync));
	strcpy(map_buffer(buffer, (size_t)size), "by the client");
	sync.flags = DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW;
	CHECK(!ioctl(buffer, DMA_BUF_IOCTL_SYNC, &sync));
	CHECK(!ioctl(buffer, DMA_BUF_SET_NAME_B, (uintptr_t)"window"));
	send_fd(from, buffer);
}

static void two_processes_share_one(void)
{
	int ends[2], fd;
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		close(ends[0]);
		draws(ends[1]);
		exit(0);
	}
	close(ends[1]);
	fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *pixels = map(fd, &dumb);
	int buffer = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	send_fd(ends[0], buffer);
	int back = receive_fd(ends[0]);
	join(child);
	CHECK(!strcmp(pixels, "by the client"));
	CHECK(inode(back) == inode(buffer) && import(fd, back) == dumb.handle);
}

static void another_card_imports_it(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(1, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64), there = dumb;
	char *pixels = map(fd, &dumb);
	int buffer = export(fd, dumb.handle, DRM_RDWR);

	there.handle = import(other, buffer);
	CHECK(import(other, buffer) == there.handle);
	int back = export(other, there.handle, 0);
	CHECK(inode(back) == inode(buffer) && import(fd, back) == dumb.handle);
	CHECK(!close(buffer));
	strcpy(pixels, "from the other card");
	CHECK(!munmap(pixels, dumb.size) && !gem_close(fd, dumb.handle) && !close(fd));
	/* What is another's is mapped through its dma-buf. */
	FAILS(ioctl(other, DRM_IOCTL_MODE_MAP_DUMB, &(struct drm_mode_map_dumb){ .handle = there.handle }), EINVAL);
	CHECK(!strcmp(map_buffer(back, dumb.size), "from the other card"));
}

/* The exporter and the importer are strangers: a descriptor survives vfork, exec, and its exporter. */
static void another_program_imports_it(void)
{
	int fd = open_card(0, O_RDWR), status = -1;
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char number[12], *pixels = map(fd, &dumb);
	int buffer = export(fd, dumb.handle, DRM_RDWR);
	pid_t child;

	strcpy(pixels, "for the next program");
	sprintf(number, "%d", buffer);
	CHECK((child = fork()) >= 0);
	if (!child) {
		close(fd);
		execl("/proc/self/exe", "sharing", "imports", number, NULL);
		_exit(127);
	}
	CHECK(waitpid(child, &status, 0) == child && !status);
}

static void imports(const char *number)
{
	int fd = open_card(0, O_RDWR), buffer = atoi(number);
	struct drm_mode_create_dumb dumb = { .handle = import(fd, buffer), .size = 4096 };

	CHECK(!close(buffer));
	CHECK(!strcmp(map(fd, &dumb), "for the next program"));
}

static unsigned holders_of(int buffer)
{
	char path[40], text[1024];
	FILE *file;
	size_t size;

	sprintf(path, "/proc/self/fdinfo/%d", buffer);
	CHECK((file = fopen(path, "r")) && (size = fread(text, 1, sizeof text - 1, file)) > 0);
	fclose(file);
	text[size] = 0;
	CHECK(strstr(text, "\ncount:\t"));
	return (unsigned)atoi(strstr(text, "\ncount:\t") + 8);
}

static void use_for_ever(int buffer)
{
	int fd = open_card(0, O_RDWR);
	struct dma_buf_sync sync = { DMA_BUF_SYNC_RW };

	for (;;) {
		uint32_t handle = import(fd, buffer);
		close(export(fd, handle, DRM_CLOEXEC));
		CHECK(!ioctl(buffer, DMA_BUF_IOCTL_SYNC, &sync));
		gem_close(fd, handle);
	}
}

#define KILLS 100

/*
 * What its calls hold while they are on their way, nobody sees who has waited for its end, and asks for what waits for closes. Nobody at all, however busy
 * the host is with starting programs: what its copies had, the host has closed only when they had closed it.
 */
static void who_dies_in_a_call_holds_nothing(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	int buffer = export(fd, dumb.handle, DRM_RDWR);
	unsigned before = holders_of(buffer);

	for (unsigned i = 0; i < KILLS; i++) {
		pid_t child = fork();
		if (!child)
			use_for_ever(buffer);
		/* Anywhere in it, and another place each time. */
		usleep(5000 + i * 997 % 3000);
		kill(child, SIGKILL);
		CHECK(waitpid(child, NULL, 0) == child);
		close(open_card(0, O_RDWR));
		CHECK(holders_of(buffer) == before);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "two-processes-share-one", two_processes_share_one },
		{ "another-card-imports-it", another_card_imports_it },
		{ "another-program-imports-it", another_program_imports_it },
		{ "who-dies-in-a-call-holds-nothing", who_dies_in_a_call_holds_nothing },
		{ 0 },
	};

	if (argc == 3 && !strcmp(argv[1], "imports")) {
		imports(argv[2]);
		return 0;
	}
	return run_scenario(all, argc, argv);
}
