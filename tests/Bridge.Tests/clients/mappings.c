/* Mappings: what may be mapped, and what a mapping keeps. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include "card.h"

#define PAGE 4096

static void *map_of(int fd, off_t offset, size_t length, int protection, int flags)
{
	return mmap(NULL, length, protection, flags, fd, offset);
}

/* A page a row. */
static struct drm_mode_create_dumb pages(int fd, uint32_t count)
{
	return create(fd, 1024, count);
}

static void what_may_be_mapped(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 4);
	off_t offset = offset_of(fd, dumb.handle);
	char *at;

	CHECK((at = map_of(fd, offset, 100, PROT_READ | PROT_WRITE, MAP_SHARED)) != MAP_FAILED && (at[99] = 1));
	CHECK(map_of(fd, offset, dumb.size, PROT_READ, MAP_SHARED_VALIDATE) != MAP_FAILED);
	FAILS(map_of(fd, offset, dumb.size + 1, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, offset, dumb.size + PAGE, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, offset, 0, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, offset + PAGE, PAGE, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, offset + 1, PAGE, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, 0, PAGE, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, 1L << 60, PAGE, PROT_READ, MAP_SHARED), EINVAL);
	FAILS(map_of(fd, offset, dumb.size, PROT_READ, MAP_PRIVATE), EINVAL);
	FAILS(map_of(other, offset, dumb.size, PROT_READ, MAP_SHARED), EACCES);
	CHECK(!gem_close(fd, dumb.handle));
}

static void a_file_opened_for_reading_maps_for_reading(void)
{
	int fd = open_card(0, O_RDONLY);
	struct drm_mode_create_dumb dumb = pages(fd, 1);
	off_t offset = offset_of(fd, dumb.handle);
	void *at;

	FAILS(map_of(fd, offset, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED), EACCES);
	CHECK((at = map_of(fd, offset, dumb.size, PROT_READ, MAP_SHARED)) != MAP_FAILED);
	FAILS(mprotect(at, dumb.size, PROT_READ | PROT_WRITE), EACCES);
}

static void a_mapping_survives_its_handle(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 4), next;
	off_t offset = offset_of(fd, dumb.handle);
	char *at = map(fd, &dumb);

	at[5] = 5;
	CHECK(!ioctl(fd, DRM_IOCTL_MODE_DESTROY_DUMB, &(struct drm_mode_destroy_dumb){ dumb.handle }));
	CHECK(at[5] == 5);
	next = pages(fd, 4);
	CHECK(map(fd, &next)[5] == 0);
	FAILS(map_of(fd, offset, PAGE, PROT_READ, MAP_SHARED), EACCES);
	at[6] = 6;
	CHECK(!munmap(at, dumb.size));
	FAILS(map_of(fd, offset, PAGE, PROT_READ, MAP_SHARED), EINVAL);
}

static void mappings_show_the_same_bytes(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 4);
	char *one = map(fd, &dumb), *two = map(fd, &dumb);

	one[dumb.size - 1] = 3;
	CHECK(two[dumb.size - 1] == 3 && two[0] == 0);
	CHECK(!munmap(one, dumb.size));
	CHECK(two[dumb.size - 1] == 3);
}

/* The file is closed but for what is mapped: it goes with the last piece of that. */
static void ends_with(char *last, size_t length)
{
	int other = open_card(0, O_RDWR);

	FAILS(ioctl(other, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(!munmap(last, length));
	set_master(other);
}

static void the_last_piece_closes_the_file(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 8);
	char *at = map(fd, &dumb);

	at[3 * PAGE] = 1;
	CHECK(!close(fd));
	CHECK(!munmap(at + 4 * PAGE, PAGE));
	CHECK(!munmap(at, 2 * PAGE));
	CHECK(!munmap(at + 5 * PAGE, 3 * PAGE));
	CHECK(at[3 * PAGE] == 1);
	ends_with(at + 2 * PAGE, 2 * PAGE);
}

static void two_mappings_close_the_file_together(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 1), second = pages(fd, 1);
	char *one = map(fd, &dumb), *two = map(fd, &second);

	CHECK(!close(fd));
	CHECK(!munmap(one, PAGE));
	ends_with(two, PAGE);
}

static void memory_over_it_ends_it(void)
{
	int fd = open_card(0, O_RDWR), other;
	struct drm_mode_create_dumb dumb = pages(fd, 2);
	char *at = map(fd, &dumb);

	CHECK(!close(fd));
	CHECK(mmap(at, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at);
	other = open_card(0, O_RDWR);
	FAILS(ioctl(other, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(mmap(at + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at + PAGE);
	set_master(other);
}

static void a_mapping_over_a_mapping(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 2), second = pages(fd, 2);
	char *at = map(fd, &dumb);

	at[0] = 1;
	CHECK(mmap(at, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, offset_of(fd, second.handle)) == at);
	CHECK(at[0] == 0);
	at[0] = 2;
	CHECK(map(fd, &dumb)[0] == 1 && map(fd, &second)[0] == 2);
}

static void the_upper_mapping_keeps_the_file(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 2), second = pages(fd, 2);
	char *at = map(fd, &dumb);

	CHECK(mmap(at, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, offset_of(fd, second.handle)) == at);
	CHECK(!close(fd));
	ends_with(at, 2 * PAGE);
}

static void it_shrinks_and_moves(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = pages(fd, 4);
	char *at = map(fd, &dumb), *there;

	at[0] = 1;
	at[PAGE] = 2;
	CHECK(!close(fd));
	FAILS(mremap(at, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE), EFAULT);
	CHECK(mremap(at, 4 * PAGE, 2 * PAGE, 0) == at);
	CHECK((there = mmap(NULL, 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED);
	CHECK(mremap(at, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, there) == there);
	CHECK(there[0] == 1 && there[PAGE] == 2);
	CHECK(!munmap(there, PAGE));
	ends_with(there + PAGE, PAGE);
}

static void one_moved_over_another_ends_it(void)
{
	int first = open_card(0, O_RDWR), second = open_card(0, O_RDWR), other;
	struct drm_mode_create_dumb one = pages(first, 2), two = pages(second, 2);
	char *lower = map(first, &one), *upper = map(second, &two);

	CHECK(!close(first) && !close(second));
	other = open_card(0, O_RDWR);
	FAILS(ioctl(other, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	upper[0] = 8;
	CHECK(mremap(upper, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, lower) == lower);
	CHECK(lower[0] == 8);
	set_master(other);
}

static void a_child_keeps_the_memory(void)
{
	int fd = open_card(0, O_RDWR), ends[2];
	struct drm_mode_create_dumb dumb = pages(fd, 2);
	char *at = map(fd, &dumb), byte;
	pid_t child;

	socket_pair(ends);
	at[0] = 1;
	if (!(child = fork())) {
		CHECK(read(ends[0], &byte, 1) == 1);
		CHECK(at[0] == 2);
		at[PAGE] = 3;
		CHECK(!munmap(at, dumb.size));
		CHECK(works(fd));
		_exit(0);
	}
	at[0] = 2;
	CHECK(!gem_close(fd, dumb.handle));
	CHECK(write(ends[1], "x", 1) == 1);
	join(child);
	CHECK(at[PAGE] == 3 && at[0] == 2);
	CHECK(!munmap(at, dumb.size));
	CHECK(works(fd));
}

/* More mappings than descriptors: they cost none. */
static void two_thousand_at_once(void)
{
	static char *all[2000];
	int fd = open_card(0, O_RDWR);
	struct rlimit limit;
	struct drm_mode_create_dumb dumb;

	CHECK(!getrlimit(RLIMIT_NOFILE, &limit));
	limit.rlim_cur = 256;
	CHECK(!setrlimit(RLIMIT_NOFILE, &limit));
	for (int i = 0; i < 2000; i++) {
		dumb = pages(fd, 1);
		all[i] = map(fd, &dumb);
		all[i][7] = (char)i;
		CHECK(!gem_close(fd, dumb.handle));
	}
	for (int i = 0; i < 2000; i++)
		CHECK(all[i][7] == (char)i);
	for (int i = 0; i < 2000; i++)
		CHECK(!munmap(all[(i * 7) % 2000], PAGE));
	CHECK(works(fd));
}

static void one_unmap_of_many(void)
{
	int fd = open_card(0, O_RDWR);
	char *room;

	CHECK((room = mmap(NULL, 64 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED);
	for (int i = 0; i < 64; i += 2) {
		struct drm_mode_create_dumb dumb = pages(fd, 1);
		CHECK(mmap(room + i * PAGE, PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, fd, offset_of(fd, dumb.handle)) == room + i * PAGE);
	}
	CHECK(!close(fd));
	ends_with(room, 64 * PAGE);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "what-may-be-mapped", what_may_be_mapped },
		{ "a-file-opened-for-reading-maps-for-reading", a_file_opened_for_reading_maps_for_reading },
		{ "a-mapping-survives-its-handle", a_mapping_survives_its_handle },
		{ "mappings-show-the-same-bytes", mappings_show_the_same_bytes },
		{ "the-last-piece-closes-the-file", the_last_piece_closes_the_file },
		{ "two-mappings-close-the-file-together", two_mappings_close_the_file_together },
		{ "memory-over-it-ends-it", memory_over_it_ends_it },
		{ "a-mapping-over-a-mapping", a_mapping_over_a_mapping },
		{ "the-upper-mapping-keeps-the-file", the_upper_mapping_keeps_the_file },
		{ "it-shrinks-and-moves", it_shrinks_and_moves },
		{ "one-moved-over-another-ends-it", one_moved_over_another_ends_it },
		{ "a-child-keeps-the-memory", a_child_keeps_the_memory },
		{ "two-thousand-at-once", two_thousand_at_once },
		{ "one-unmap-of-many", one_unmap_of_many },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
