/* Buffers that threads and processes make, name, export, import and close at the same time. Each buffer says in its own memory which one it is. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include "buffer.h"

#define THREADS 4
#define PAGE 4096
#define PROCESSES 3
#define ROUNDS 400

static int shared_card, shared_buffer;
static double until;

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static bool go_on(void) { return now() < until; }

/* All threads run the same for a while. */
static void race(void *(*run)(void *))
{
	pthread_t threads[THREADS];

	until = now() + 1.5;
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, run, NULL));
	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_join(threads[i], NULL));
}

/* With this errno or without one. */
static bool did(int result, int allowed)
{
	int error = errno;

	if (result && error != allowed) {
		fprintf(stderr, "%s instead of %s\n", strerror(error), strerror(allowed));
		exit(1);
	}
	return !result;
}

static void *exports_the_first_handle(void *none)
{
	while (go_on()) {
		struct drm_prime_handle prime = { .handle = 1, .flags = DRM_CLOEXEC, .fd = -1 };
		uint32_t handle = create(shared_card, 32, 32).handle;

		if (handle != 1)
			did(gem_close(shared_card, handle), EINVAL);
		if (did(ioctl(shared_card, DRM_IOCTL_PRIME_HANDLE_TO_FD, &prime), ENOENT))
			CHECK(lseek(prime.fd, 0, SEEK_END) == PAGE && !close(prime.fd));
		else
			CHECK(prime.fd == -1);
		did(gem_close(shared_card, 1), EINVAL);
	}
	return none;
}

static void exports_race_with_closes(void)
{
	shared_card = open_card(0, O_RDWR);
	race(exports_the_first_handle);
}

static void *imports_and_closes(void *none)
{
	while (go_on())
		did(gem_close(shared_card, import(shared_card, shared_buffer)), EINVAL);
	return none;
}

/* The exporter's own handle is one of those that are closed. */
static void imports_race_with_closes(void)
{
	shared_card = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(shared_card, 32, 32);
	shared_buffer = export(shared_card, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	strcpy(map_buffer(shared_buffer, PAGE), "as before");
	race(imports_and_closes);
	struct drm_mode_create_dumb again = { .handle = import(shared_card, shared_buffer), .size = PAGE };
	CHECK(!strcmp(map(shared_card, &again), "as before"));
}

static void *opens_by_name(void *none)
{
	while (go_on()) {
		struct drm_gem_open open = { .name = 1 };
		if (!did(ioctl(shared_card, DRM_IOCTL_GEM_OPEN, &open), ENOENT))
			continue;
		struct drm_gem_flink name = { .handle = open.handle };
		/* It holds the buffer, and so the name is that one's still. */
		CHECK(open.size == PAGE && !ioctl(shared_card, DRM_IOCTL_GEM_FLINK, &name) && name.name == 1);
		CHECK(!gem_close(shared_card, open.handle));
	}
	return none;
}

static void *names_and_closes(void *none)
{
	int fd = open_card(0, O_RDWR);

	while (go_on()) {
		struct drm_gem_flink name = { .handle = create(fd, 32, 32).handle };
		CHECK(!ioctl(fd, DRM_IOCTL_GEM_FLINK, &name) && name.name && name.name <= 2 * THREADS);
		CHECK(!gem_close(fd, name.handle));
	}
	CHECK(!close(fd));
	return none;
}

static int turn;

static void *names_or_opens(void *none)
{
	return __atomic_fetch_add(&turn, 1, __ATOMIC_RELAXED) % 2 ? names_and_closes(none) : opens_by_name(none);
}

static void names_race_with_closes(void)
{
	shared_card = open_card(0, O_RDWR);
	race(names_or_opens);
	FAILS(ioctl(shared_card, DRM_IOCTL_GEM_OPEN, &(struct drm_gem_open){ .name = 1 }), ENOENT);
}

static void *names_the_first_handle(void *none)
{
	while (go_on()) {
		struct drm_gem_flink name = { .handle = 1 };
		uint32_t handle = create(shared_card, 32, 32).handle;

		if (handle != 1)
			did(gem_close(shared_card, handle), EINVAL);
		if (did(ioctl(shared_card, DRM_IOCTL_GEM_FLINK, &name), ENOENT))
			CHECK(name.name);
		did(gem_close(shared_card, 1), EINVAL);
	}
	return none;
}

static void a_name_goes_with_its_handle(void)
{
	shared_card = open_card(0, O_RDWR);
	race(names_the_first_handle);
	/* Whoever gets them has the lowest of both, for nothing is left of all those. */
	gem_close(shared_card, 1);
	struct drm_gem_flink name = { .handle = create(shared_card, 32, 32).handle };
	CHECK(name.handle == 1 && !ioctl(shared_card, DRM_IOCTL_GEM_FLINK, &name) && name.name == 1);
}

/* What a buffer says of itself. */
struct tag {
	uint64_t number, pages;
};

static uint64_t seed;

static unsigned draw(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

static bool is_zero(const char *at, size_t size)
{
	return !at[0] && !memcmp(at, at + 1, size - 1);
}

static void is_tagged(const struct tag *at, const struct tag *as)
{
	CHECK(at->number == as->number && at->pages == as->pages);
	CHECK(!memcmp((const char *)at + as->pages * PAGE - sizeof *as, as, sizeof *as));
}

/* A buffer that nobody has had, with its tag at both ends. */
static int made(int fd, struct tag *as)
{
	static uint64_t count;
	struct drm_mode_create_dumb dumb = create(fd, 1024, 1 + draw(8));
	char *at = map(fd, &dumb);

	*as = (struct tag){ (uint64_t)getpid() << 32 | ++count, dumb.size / PAGE };
	CHECK(is_zero(at, dumb.size));
	memcpy(at, as, sizeof *as);
	memcpy(at + dumb.size - sizeof *as, as, sizeof *as);
	int buffer = export(fd, dumb.handle, DRM_CLOEXEC | DRM_RDWR);
	if (draw(2))
		CHECK(!gem_close(fd, dumb.handle) && !munmap(at, dumb.size));
	else
		CHECK(!munmap(at, dumb.size) && !gem_close(fd, dumb.handle));
	return buffer;
}

/* By a descriptor, by a handle, and by what the handle is exported as. */
static void looked_at(int fd, bool is_maker, int buffer, const struct tag *as)
{
	size_t size = as->pages * PAGE;
	uint32_t handle;

	CHECK(lseek(buffer, 0, SEEK_END) == (off_t)size);
	char *at = map_buffer(buffer, size);
	is_tagged((struct tag *)at, as);
	handle = import(fd, buffer);
	CHECK(import(fd, buffer) == handle);
	int again = export(fd, handle, DRM_CLOEXEC);
	CHECK(inode(again) == inode(buffer));
	if (draw(2))
		CHECK(!munmap(at, size));
	CHECK(!close(buffer) && !close(again));
	if (is_maker) {
		struct drm_mode_create_dumb dumb = { .handle = handle, .size = size };
		char *mapped = map(fd, &dumb);
		is_tagged((struct tag *)mapped, as);
		CHECK(!munmap(mapped, size));
	}
	CHECK(!gem_close(fd, handle));
}

/* Makes buffers, sends each to whoever comes next, and looks at each that comes from before. */
static void pass_on(int from, int to, unsigned which)
{
	int maker = open_card(0, O_RDWR), taker = open_card(1, O_RDWR);
	struct tag sent, heard;

	seed = which + 1;
	for (int i = 0; i < ROUNDS; i++) {
		int buffer = made(maker, &sent);
		CHECK(write(to, &sent, sizeof sent) == sizeof sent);
		send_fd(to, buffer);
		CHECK(!close(buffer));
		CHECK(read(from, &heard, sizeof heard) == sizeof heard);
		bool is_maker = draw(2);
		looked_at(is_maker ? maker : taker, is_maker, receive_fd(from), &heard);
	}
	CHECK(!close(maker) && !close(taker));
}

static void buffers_travel_among_processes(void)
{
	int ends[PROCESSES][2];
	pid_t children[PROCESSES];

	for (int i = 0; i < PROCESSES; i++)
		socket_pair(ends[i]);
	for (int i = 0; i < PROCESSES; i++)
		if (!(children[i] = fork())) {
			pass_on(ends[i][0], ends[(i + 1) % PROCESSES][1], (unsigned)i);
			exit(0);
		}
	for (int i = 0; i < PROCESSES; i++)
		join(children[i]);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "exports-race-with-closes", exports_race_with_closes },
		{ "imports-race-with-closes", imports_race_with_closes },
		{ "names-race-with-closes", names_race_with_closes },
		{ "a-name-goes-with-its-handle", a_name_goes_with_its_handle },
		{ "buffers-travel-among-processes", buffers_travel_among_processes },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
