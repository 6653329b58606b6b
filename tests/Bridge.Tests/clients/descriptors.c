/* A card's descriptor wherever a descriptor can go. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include "card.h"

static const char *program;

static void run(const char *scenario, int number)
{
	char text[12];

	sprintf(text, "%d", number);
	execl(program, program, scenario, text, NULL);
	_exit(3);
}

static int argument;

static void duplicates_are_the_file(void)
{
	int fd = open_card(0, O_RDWR), other = open_card(0, O_RDWR), copies[4];
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);

	CHECK((copies[0] = dup(fd)) >= 0);
	CHECK((copies[1] = fcntl(fd, F_DUPFD, 100)) >= 100);
	CHECK((copies[2] = fcntl(fd, F_DUPFD_CLOEXEC, 100)) > copies[1]);
	CHECK(dup2(fd, other) == other);
	copies[3] = other;
	CHECK(!close(fd));
	for (int i = 0; i < 4; i++)
		CHECK(offset_of(copies[i], dumb.handle));
	CHECK(!gem_close(copies[3], dumb.handle));
	FAILS(gem_close(copies[0], dumb.handle), EINVAL);
}

static void a_number_means_what_it_holds_now(void)
{
	int fd = open_card(0, O_RDWR), ends[2];
	char byte;

	socket_pair(ends);
	CHECK(works(fd));
	CHECK(dup2(ends[0], fd) == fd);
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), ENOTTY);
	CHECK(write(ends[1], "x", 1) == 1 && read(fd, &byte, 1) == 1 && byte == 'x');
	CHECK(!close(fd));
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBADF);
}

static void a_child_shares_the_file(void)
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *mine = map(fd, &dumb);
	pid_t child;

	if (!(child = fork())) {
		char *theirs = map(fd, &dumb);
		CHECK(create(fd, 64, 64).handle == dumb.handle + 1);
		theirs[100] = 7;
		mine[101] = 8;
		_exit(0);
	}
	join(child);
	CHECK(mine[100] == 7 && mine[101] == 8);
	CHECK(!gem_close(fd, dumb.handle + 1));
	CHECK(works(fd));
}

static void many_children_call_at_once(void)
{
	int fd = open_card(0, O_RDWR);
	pid_t children[8];

	CHECK(works(fd));
	for (int i = 0; i < 8; i++)
		if (!(children[i] = fork())) {
			for (int k = 0; k < 100; k++)
				CHECK(!gem_close(fd, create(fd, 16, 16).handle));
			_exit(0);
		}
	for (int i = 0; i < 8; i++)
		join(children[i]);
	CHECK(create(fd, 16, 16).handle == 1);
}

static void it_survives_vfork_and_exec(void)
{
	int fd = open_card(0, O_RDWR);
	pid_t child;

	CHECK(works(fd));
	if (!(child = vfork()))
		run("inherited", fd);
	join(child);
	CHECK(works(fd));
}

/* The program that was started with a card. */
static void inherited(void)
{
	struct drm_mode_create_dumb dumb = create(argument, 64, 64);

	CHECK(map(argument, &dumb)[0] == 0);
	CHECK(polled(argument, POLLIN | POLLOUT) == 0);
}

static void closed(void)
{
	FAILS(fcntl(argument, F_GETFD), EBADF);
}

static void exec_closes_what_is_close_on_exec(void)
{
	int fd = open_card(0, O_RDWR | O_CLOEXEC), kept = open_card(0, O_RDWR);
	pid_t child;

	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC && fcntl(kept, F_GETFD) == 0);
	if (!(child = fork()))
		run("closed", fd);
	join(child);
	if (!(child = fork()))
		run("inherited", kept);
	join(child);
}

/* The other end: a program of its own, that has the library as well. */
static void receiver(void)
{
	int fd = receive_fd(argument);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);

	map(fd, &dumb)[5] = 55;
	CHECK(send(argument, &dumb.handle, sizeof dumb.handle, 0) == sizeof dumb.handle);
}

static void an_unrelated_process_may_use_it(void)
{
	struct drm_mode_create_dumb dumb = { .size = 4096 };
	int ends[2];
	pid_t child;

	socket_pair(ends);
	if (!(child = fork()))
		run("receiver", ends[1]);
	int fd = open_card(0, O_RDWR);
	send_fd(ends[0], fd);
	CHECK(recv(ends[0], &dumb.handle, sizeof dumb.handle, 0) == sizeof dumb.handle);
	CHECK(map(fd, &dumb)[5] == 55);
	join(child);
}

static void one_in_flight_outlives_its_sender(void)
{
	int ends[2], second;
	pid_t child;

	socket_pair(ends);
	if (!(child = fork())) {
		int fd = open_card(0, O_RDWR);
		create(fd, 64, 64);
		send_fd(ends[1], fd);
		_exit(0);
	}
	join(child);
	second = open_card(0, O_RDWR);
	FAILS(ioctl(second, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	int fd = receive_fd(ends[0]);
	CHECK(offset_of(fd, 1));
	CHECK(!close(fd));
	set_master(second);
}

static void one_that_is_lost_in_flight_is_closed(void)
{
	int ends[2], fd = open_card(0, O_RDWR), second = open_card(0, O_RDWR);

	socket_pair(ends);
	send_fd(ends[1], fd);
	CHECK(!close(fd));
	FAILS(ioctl(second, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(!close(ends[0]) && !close(ends[1]));
	set_master(second);
}

static void the_last_duplicate_closes_the_file(void)
{
	int fd = open_card(0, O_RDWR), copy, second;

	CHECK((copy = dup(fd)) >= 0);
	CHECK(!close(fd));
	second = open_card(0, O_RDWR);
	FAILS(ioctl(second, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(!close(copy));
	set_master(second);
	pid_t child = fork();
	if (!child)
		_exit(0);
	join(child);
	int third = open_card(0, O_RDWR);
	FAILS(ioctl(third, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
}

static void the_end_of_a_process_closes_its_files(void)
{
	for (int i = 0; i < 50; i++) {
		pid_t child = fork();
		if (!child) {
			int fd = open_card(0, O_RDWR);
			struct drm_mode_create_dumb dumb = create(fd, 64, 64);
			map(fd, &dumb)[0] = 1;
			_exit(0);
		}
		join(child);
		int fd = open_card(0, O_RDWR);
		set_master(fd);
		CHECK(!close(fd));
	}
}

static void a_mapping_outlives(void (*close_all)(void))
{
	int fd = open_card(0, O_RDWR);
	struct drm_mode_create_dumb dumb = create(fd, 64, 64);
	char *at = map(fd, &dumb);

	at[9] = 99;
	close_all();
	FAILS(fcntl(fd, F_GETFD), EBADF);
	CHECK(at[9] == 99);
	fd = open_card(0, O_RDWR);
	CHECK(works(fd));
	FAILS(ioctl(fd, DRM_IOCTL_SET_MASTER, NULL), EBUSY);
	CHECK(map(fd, (dumb = create(fd, 64, 64), &dumb))[9] == 0);
	CHECK(at[9] == 99);
	CHECK(!munmap(at, dumb.size));
	set_master(fd);
}

static void range(void) { CHECK(!close_range(3, ~0u, 0)); }
static void range_by_number(void) { CHECK(!syscall(SYS_close_range, 3, ~0u, 0)); }
static void from(void) { closefrom(3); }
static void close_range_leaves_mappings(void) { a_mapping_outlives(range); }
static void close_range_by_number_leaves_mappings(void) { a_mapping_outlives(range_by_number); }
static void closefrom_leaves_mappings(void) { a_mapping_outlives(from); }

static void new_numbers_are_the_lowest(void)
{
	int fd = open_card(0, O_RDWR), next = open_card(0, O_RDWR);

	CHECK(next == fd + 1);
	CHECK(works(next) && !close(fd));
	CHECK(open_card(0, O_RDWR) == fd);
	CHECK(open("/dev/null", O_RDONLY) == next + 1);
}

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "duplicates-are-the-file", duplicates_are_the_file },
		{ "a-number-means-what-it-holds-now", a_number_means_what_it_holds_now },
		{ "a-child-shares-the-file", a_child_shares_the_file },
		{ "many-children-call-at-once", many_children_call_at_once },
		{ "it-survives-vfork-and-exec", it_survives_vfork_and_exec },
		{ "inherited", inherited },
		{ "closed", closed },
		{ "exec-closes-what-is-close-on-exec", exec_closes_what_is_close_on_exec },
		{ "receiver", receiver },
		{ "an-unrelated-process-may-use-it", an_unrelated_process_may_use_it },
		{ "one-in-flight-outlives-its-sender", one_in_flight_outlives_its_sender },
		{ "one-that-is-lost-in-flight-is-closed", one_that_is_lost_in_flight_is_closed },
		{ "the-last-duplicate-closes-the-file", the_last_duplicate_closes_the_file },
		{ "the-end-of-a-process-closes-its-files", the_end_of_a_process_closes_its_files },
		{ "close-range-leaves-mappings", close_range_leaves_mappings },
		{ "close-range-by-number-leaves-mappings", close_range_by_number_leaves_mappings },
		{ "closefrom-leaves-mappings", closefrom_leaves_mappings },
		{ "new-numbers-are-the-lowest", new_numbers_are_the_lowest },
		{ 0 },
	};

	program = argv[0];
	argument = argc > 2 ? atoi(argv[2]) : -1;
	return run_scenario(all, argc, argv);
}
