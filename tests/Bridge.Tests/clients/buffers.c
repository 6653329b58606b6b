/* A dma-buf as the file that it is: what its calls answer, and how long it holds what. */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include "buffer.h"

/* Newer than some headers. */
struct dma_buf_sync_file { uint32_t flags; int32_t fd; };
#define DMA_BUF_EXPORT_SYNC_FILE _IOWR('b', 2, struct dma_buf_sync_file)

static void it_is_a_file_of_its_own_kind(void)
{
	int fd = open_card(0, O_RDWR), lowest = dup(fd), epoll = epoll_create1(0);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT };
	struct stat of;
	char bytes[8];
	fd_set reads, writes;

	close(lowest);
	int buffer = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	CHECK(buffer == lowest);
	CHECK(fcntl(buffer, F_GETFD) == FD_CLOEXEC && (fcntl(buffer, F_GETFL) & O_ACCMODE) == O_RDWR);
	CHECK(lseek(buffer, 0, SEEK_END) == (off_t)dumb.size && lseek(buffer, 0, SEEK_SET) == 0);
	FAILS(lseek(buffer, 0, SEEK_CUR), EINVAL);
	FAILS(lseek(buffer, 8, SEEK_END), EINVAL);
	CHECK(!fstat(buffer, &of) && of.st_size == (off_t)dumb.size && !(of.st_mode & S_IFMT));
	FAILS(read(buffer, bytes, sizeof bytes), EINVAL);
	FAILS(write(buffer, bytes, sizeof bytes), EINVAL);
	FAILS(ftruncate(buffer, 0), EINVAL);
	FAILS(fallocate(buffer, 0, 0, 4096), ENODEV);
	CHECK(polled(buffer, POLLIN | POLLOUT) == (POLLIN | POLLOUT));
	FD_ZERO(&reads);
	FD_SET(buffer, &reads);
	writes = reads;
	CHECK(select(buffer + 1, &reads, &writes, NULL, NULL) == 2);
	CHECK(!epoll_ctl(epoll, EPOLL_CTL_ADD, buffer, &event));
	CHECK(epoll_wait(epoll, &event, 1, 0) == 1 && event.events == (EPOLLIN | EPOLLOUT));
	FAILS(ioctl(buffer, _IO('b', 99)), ENOTTY);
	FAILS(ioctl(buffer, FIONREAD, bytes), ENOTTY);
	FAILS(ioctl(buffer, DRM_IOCTL_GET_CAP, bytes), ENOTTY);
	FAILS(recv(buffer, bytes, sizeof bytes, 0), ENOTSOCK);
	FAILS(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, buffer, 0) == MAP_FAILED ? -1 : 0, EINVAL);
	/* What marks it is not the program's to see, or to take away; nor is it a pipe of some size. */
	CHECK(!fcntl(buffer, F_SETSIG, 0) && !fcntl(buffer, F_GETSIG));
	FAILS(fcntl(buffer, F_GETPIPE_SZ), EBADF);
	FAILS(fcntl(buffer, F_SETPIPE_SZ, 65536), EBADF);
	CHECK(lseek(buffer, 0, SEEK_END) == (off_t)dumb.size);
}

static void one_object_is_one_buffer(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64), second = create(fd, 64, 64);
	int one = export(fd, dumb.handle, 0), two = export(fd, dumb.handle, DRM_RDWR), three = export(fd, second.handle, 0);

	CHECK(one != two && inode(one) == inode(two) && inode(one) != inode(three));
	CHECK((fcntl(two, F_GETFL) & O_ACCMODE) == O_RDONLY);
	FAILS(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, two, 0) == MAP_FAILED ? -1 : 0, EACCES);
	/* Nor can it be made writable afterwards. */
	char *pixels = mmap(NULL, 4096, PROT_READ, MAP_SHARED, two, 0);
	CHECK(pixels != MAP_FAILED && !pixels[0]);
	FAILS(mprotect(pixels, 4096, PROT_READ | PROT_WRITE), EACCES);
	FAILS(write(two, "x", 1), EBADF);
	FAILS(fallocate(two, 0, 0, 4096), EBADF);
	CHECK(import(fd, one) == dumb.handle && import(fd, two) == dumb.handle);
	uint32_t handle = import(other, one);
	CHECK(import(other, two) == handle && import(other, three) != handle);
}

static const char *link_of(int fd)
{
	static char to[128];
	char path[40];
	ssize_t length;

	sprintf(path, "/proc/self/fd/%d", fd);
	CHECK((length = readlink(path, to, sizeof to - 1)) > 0);
	to[length] = 0;
	return to;
}

static void its_link_says_what_it_is(void)
{
	int fd = open_card(0, O_RDWR), buffer = export_buffer(fd);
	struct dma_buf_sync_file made = { DMA_BUF_SYNC_RW, -1 };
	char few[4];
	char path[40];

	CHECK(!strcmp(link_of(buffer), "/dmabuf:"));
	CHECK(!ioctl(buffer, DMA_BUF_SET_NAME, "drawn") && !strcmp(link_of(buffer), "/dmabuf:drawn"));
	sprintf(path, "/proc/self/fd/%d", buffer);
	CHECK(readlink(path, few, sizeof few) == sizeof few && !memcmp(few, "/dma", sizeof few));
	CHECK(!ioctl(buffer, DMA_BUF_EXPORT_SYNC_FILE, &made) && !strcmp(link_of(made.fd), "anon_inode:sync_file"));
	CHECK(!strcmp(link_of(fd), "/dev/dri/card0"));
	/* A pipe that is the program's own is one. */
	int ends[2];
	CHECK(!pipe(ends) && !strncmp(link_of(ends[0]), "pipe:[", 6));
}

static void *map_part(int buffer, size_t length, int protection, int flags, off_t offset)
{
	return mmap(NULL, length, protection, flags, buffer, offset);
}

/* By pages, and not beyond its end. */
static void what_may_be_mapped_of_it(void)
{
	enum { PAGE = 4096 };
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64), other = create(fd, 64, 64);
	int buffer = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR), read_only = export(fd, other.handle, DRM_CLOEXEC);
	off_t size = (off_t)dumb.size;
	char *all, *last;

	FAILS(map_part(buffer, dumb.size + 1, PROT_READ, MAP_SHARED, 0), EINVAL);
	FAILS(map_part(buffer, dumb.size * 2, PROT_READ, MAP_SHARED, 0), EINVAL);
	FAILS(map_part(buffer, dumb.size, PROT_READ, MAP_SHARED, size / 2), EINVAL);
	FAILS(map_part(buffer, PAGE, PROT_READ, MAP_SHARED, size), EINVAL);
	FAILS(map_part(buffer, PAGE, PROT_READ, MAP_SHARED, 1l << 60), EINVAL);
	FAILS(map_part(buffer, PAGE, PROT_READ, MAP_SHARED, 1), EINVAL);
	FAILS(map_part(buffer, 0, PROT_READ, MAP_SHARED, 0), EINVAL);
	FAILS(map_part(buffer, PAGE, PROT_READ, MAP_PRIVATE, 0), EINVAL);
	FAILS(map_part(buffer, PAGE, PROT_READ, 0, 0), EINVAL);
	FAILS(map_part(read_only, PAGE, PROT_WRITE, MAP_SHARED, 0), EACCES);
	FAILS(map_part(read_only, PAGE, PROT_WRITE, MAP_PRIVATE, 0), EINVAL);
	all = map_buffer(buffer, dumb.size);
	CHECK((last = map_part(buffer, 10, PROT_READ, MAP_SHARED, size - PAGE)) != MAP_FAILED);
	all[dumb.size - PAGE] = 4;
	CHECK(*last == 4 && !munmap(last, 10));
	FAILS(mremap(all, dumb.size, dumb.size * 2, MREMAP_MAYMOVE), EFAULT);
	CHECK(!close(buffer));
	FAILS(map_part(buffer, PAGE, PROT_READ, MAP_SHARED, 0), EBADF);
}

static void wrong_flags_make_none(void)
{
	static const uint32_t wrong[] = { DRM_CLOEXEC - 1, DRM_CLOEXEC + 1, DRM_RDWR - 1, DRM_RDWR + 1, ~0u };
	static const uint64_t syncs[] = { 0, DMA_BUF_SYNC_END, 8, DMA_BUF_SYNC_RW | 8, ~0ull };
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime;
	int buffer = export(fd, dumb.handle, 0);

	for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		/* Whatever handle it is. */
		prime = (struct drm_prime_handle){ .handle = dumb.handle * (i % 2), .flags = wrong[i], .fd = -1 };
		FAILS(ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime), EINVAL);
		CHECK(prime.fd == -1);
	}
	prime = (struct drm_prime_handle){ .handle = 99, .flags = DRM_CLOEXEC, .fd = -1 };
	FAILS(ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime), ENOENT);
	CHECK(prime.fd == -1);
	for (unsigned i = 0; i < sizeof syncs / sizeof *syncs; i++)
		FAILS(ioctl(buffer, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ syncs[i] }), EINVAL);
	FAILS(gem_close(fd, 0), EINVAL);
	FAILS(ioctl(fd, DRM_IOCTL_GEM_FLINK, &(struct drm_gem_flink){ 0 }), ENOENT);
	FAILS(ioctl(fd, DRM_IOCTL_GEM_OPEN, &(struct drm_gem_open){ 0 }), ENOENT);
	FAILS(ioctl(fd, DRM_IOCTL_GEM_OPEN, &(struct drm_gem_open){ .name = ~0u }), ENOENT);
}

static void its_memory_outlives_its_makers(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *pixels = map(fd, &dumb);
	int buffer = export(fd, dumb.handle, DRM_RDWR);

	strcpy(pixels, "drawn before");
	munmap(pixels, dumb.size);
	CHECK(!gem_close(fd, dumb.handle) && !close(fd));
	char *again = map_buffer(buffer, dumb.size);
	CHECK(!strcmp(again, "drawn before"));
	FAILS(mmap(NULL, dumb.size + 4096, PROT_READ, MAP_SHARED, buffer, 0) == MAP_FAILED ? -1 : 0, EINVAL);
	CHECK(!close(buffer));
	/* The mapping keeps it: another client cannot get the memory. */
	strcpy(again, "still mine");
	fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb next = create(fd, 64, 64);
	strcpy(map(fd, &next), "another's");
	CHECK(!strcmp(again, "still mine") && !munmap(again, dumb.size));
}

static void what_is_none_is_refused(void)
{
	int fd = open_card(0, O_RDWR), ends[2], pair[2];
	struct drm_prime_handle prime = { .fd = -1 };

	FAILS(ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime), EBADF);
	prime.fd = 100;
	FAILS(ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime), EBADF);
	CHECK(!pipe(ends));
	socket_pair(pair);
	int others[] = { fd, ends[0], pair[0], open("/dev/null", O_RDWR), epoll_create1(0), memfd_create("x", 0) };
	for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
		prime.fd = others[i];
		FAILS(ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime), EINVAL);
	}
	/* One that only looks like a dma-buf. */
	CHECK(!fcntl(ends[1], F_SETSIG, 51));
	prime.fd = ends[1];
	FAILS(ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime), EINVAL);
	FAILS(ioctl(ends[1], DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_RW }), ENOTTY);
	FAILS(mmap(NULL, 4096, PROT_READ, MAP_SHARED, ends[1], 0) == MAP_FAILED ? -1 : 0, ENODEV);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	int path = open("/proc/self/exe", O_PATH);
	prime.fd = path;
	FAILS(ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &prime), EBADF);
	close(export(fd, dumb.handle, 0));
}

/* What is closed is closed before the next call: with the last handle goes the name, though there was a dma-buf as well. */
static void what_is_closed_is_gone(void)
{
	int fd = open_card(0, O_RDWR);

	for (int i = 0; i < 100; i++) {
		int other = open_card(0, O_RDWR);
		struct drm_mode_create_dumb dumb = create(other, 64, 64);
		struct drm_gem_flink name = { .handle = dumb.handle };
		CHECK(!ioctl(other, DRM_IOCTL_GEM_FLINK, &name));
		int buffer = export(other, dumb.handle, 0);
		CHECK(!close(buffer) && !close(other));
		FAILS(ioctl(fd, DRM_IOCTL_GEM_OPEN, &(struct drm_gem_open){ .name = name.name }), ENOENT);
	}
}

#define LEFT_ALONE(call) \
	do { \
		errno = 77; \
		bool did_ = (call); \
		int after_ = errno; \
		CHECK(did_ && after_ == 77); \
	} while (0)

/* What works tells nothing of what was tried on the way. */
static void errno_is_left_alone(void)
{
	int fd = open_card(0, O_RDWR), again = -1;
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime = { .handle = dumb.handle, .flags = DRM_CLOEXEC | DRM_RDWR }, back;
	struct pollfd one;
	struct stat of;
	char *at;

	LEFT_ALONE(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
	back = (struct drm_prime_handle){ .fd = prime.fd };
	LEFT_ALONE(!ioctl(fd, DRM_IOCTL_PRIME_FD_TO_HANDLE, &back) && back.handle == dumb.handle);
	LEFT_ALONE((at = mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, prime.fd, 0)) != MAP_FAILED);
	LEFT_ALONE(!ioctl(prime.fd, DMA_BUF_IOCTL_SYNC, &(struct dma_buf_sync){ DMA_BUF_SYNC_RW }));
	LEFT_ALONE(!munmap(at, dumb.size) && lseek(prime.fd, 0, SEEK_END) == (off_t)dumb.size && !fstat(prime.fd, &of));
	one = (struct pollfd){ prime.fd, POLLIN, 0 };
	LEFT_ALONE(poll(&one, 1, 0) == 1 && (again = dup(prime.fd)) >= 0 && !close(again) && !close(prime.fd));
	LEFT_ALONE((again = open("/dev/dri/card0", O_RDWR)) >= 0 && !stat("/dev/dri/card0", &of) && !fstat(again, &of) && !close(again));
	pid_t child = fork();
	if (!child) {
		prime = (struct drm_prime_handle){ .handle = dumb.handle };
		LEFT_ALONE(!ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime));
		exit(0);
	}
	join(child);
}

/* Whoever has no descriptor left gets none, and nothing stays of what was tried. */
static void no_descriptor_is_left(void)
{
	int fd = open_card(0, O_RDWR), first;
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	struct drm_prime_handle prime;
	struct rlimit limit;

	first = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	CHECK(!getrlimit(RLIMIT_NOFILE, &limit));
	limit.rlim_cur = 128;
	CHECK(!setrlimit(RLIMIT_NOFILE, &limit));
	while (dup(fd) >= 0)
		;
	for (int i = 0; i < 1000; i++) {
		prime = (struct drm_prime_handle){ .handle = dumb.handle, .flags = DRM_CLOEXEC, .fd = -1 };
		FAILS(ioctl(fd, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime), EMFILE);
		CHECK(prime.fd == -1);
	}
	struct dma_buf_sync_file made = { DMA_BUF_SYNC_RW, -1 };
	FAILS(ioctl(first, DMA_BUF_EXPORT_SYNC_FILE, &made), EMFILE);
	CHECK(made.fd == -1);
	/* What needs none works as ever. */
	CHECK(import(fd, first) == dumb.handle && create(fd, 64, 64).handle == dumb.handle + 1);
	for (int next = 100; next < 104; next++)
		CHECK(!close(next));
	CHECK(export(fd, dumb.handle, DRM_CLOEXEC) == 100 && dup(fd) == 101);
}

static void a_child_keeps_what_is_mapped(void)
{
	int fd = open_card(0, O_RDWR), ends[2];
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	int buffer = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	char *at = map_buffer(buffer, dumb.size), byte;
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		CHECK(!close(buffer) && !close(fd) && read(ends[0], &byte, 1) == 1);
		/* Nobody else has anything of it any more. */
		fd = open_card(0, O_RDWR);
		struct drm_mode_create_dumb next = create(fd, 64, 64);
		memset(map(fd, &next), 1, next.size);
		CHECK(!strcmp(at, "from the parent"));
		CHECK(!mprotect(at, dumb.size, PROT_READ) && !mprotect(at, dumb.size, PROT_READ | PROT_WRITE));
		CHECK(!munmap(at, 4096) && !at[4096] && !munmap(at + 4096, dumb.size - 4096));
		exit(0);
	}
	strcpy(at, "from the parent");
	CHECK(!munmap(at, dumb.size) && !gem_close(fd, dumb.handle) && !close(buffer) && !close(fd));
	CHECK(write(ends[1], "x", 1) == 1);
	join(child);
}

static void many_at_once(void)
{
	enum { COUNT = 200 };
	int fd = open_card(0, O_RDWR), buffers[COUNT];
	struct drm_mode_create_dumb dumb[COUNT];

	for (int i = 0; i < COUNT; i++) {
		dumb[i] = create(fd, 64, 64);
		buffers[i] = export(fd, dumb[i].handle, DRM_CLOEXEC | DRM_RDWR);
		sprintf(map_buffer(buffers[i], 4096), "%d", i);
	}
	for (int i = COUNT - 1; i >= 0; i--) {
		CHECK(import(fd, buffers[i]) == dumb[i].handle);
		CHECK(atoi(map(fd, &dumb[i])) == i);
	}
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "it-is-a-file-of-its-own-kind", it_is_a_file_of_its_own_kind },
		{ "one-object-is-one-buffer", one_object_is_one_buffer },
		{ "its-link-says-what-it-is", its_link_says_what_it_is },
		{ "what-may-be-mapped-of-it", what_may_be_mapped_of_it },
		{ "wrong-flags-make-none", wrong_flags_make_none },
		{ "its-memory-outlives-its-makers", its_memory_outlives_its_makers },
		{ "what-is-none-is-refused", what_is_none_is_refused },
		{ "what-is-closed-is-gone", what_is_closed_is_gone },
		{ "errno-is-left-alone", errno_is_left_alone },
		{ "no-descriptor-is-left", no_descriptor_is_left },
		{ "a-child-keeps-what-is-mapped", a_child_keeps_what_is_mapped },
		{ "many-at-once", many_at_once },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
