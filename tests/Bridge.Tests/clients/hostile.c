/* A child does what it likes to what it was given; its parent, another client, must not notice. */
#define _GNU_SOURCE
#include <linux/falloc.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include "card.h"
#include "wire.h"

#define ALL_OF_IT FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE

static struct wire_attached attached;

static int receive_with(int from, void *bytes, size_t size)
{
	struct iovec io = { bytes, size };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
	int fd;

	CHECK(recvmsg(from, &message, 0) == (ssize_t)size && message.msg_controllen >= CMSG_LEN(sizeof(int)));
	memcpy(&fd, CMSG_DATA(&control.header), sizeof fd);
	return fd;
}

/* Not through the library, for which a card is no socket. */
static void send_with(int to, void *bytes, size_t size, int fd)
{
	struct iovec io = { bytes, size };
	union { struct cmsghdr header; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct msghdr message = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };

	control.header = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
	CHECK(syscall(SYS_sendmsg, to, &message, 0) == (ssize_t)size);
}

static void send_packet(int card, struct wire_packet packet, int fd)
{
	packet.magic = WIRE_MAGIC;
	send_with(card, &packet, sizeof packet, fd);
}

/* The descriptor of the calls' memory, which the library closes. It is in use from here on: the library's own is gone. */
static int attach(int card)
{
	int ends[2], on = 1, memory;

	socket_pair(ends);
	CHECK(!setsockopt(ends[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on));
	CHECK(send(ends[0], "x", 1, 0) == 1);
	send_packet(card, (struct wire_packet){ .op = WIRE_ATTACH }, ends[1]);
	CHECK(!close(ends[1]));
	memory = receive_with(ends[0], &attached, sizeof attached);
	CHECK(attached.magic == WIRE_MAGIC);
	return memory;
}

static struct wire_slot *slots(int memory)
{
	void *at = mmap(NULL, (size_t)WIRE_SLOTS * WIRE_SLOT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);

	CHECK(at != MAP_FAILED);
	return at;
}

static int32_t called(int card, struct wire_slot *slot, enum wire_op op, int fd)
{
	__atomic_store_n(&slot->state, WIRE_CALLED, __ATOMIC_RELEASE);
	send_packet(card, (struct wire_packet){ .op = (uint16_t)op, .region = attached.region }, fd);
	while (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) == WIRE_CALLED)
		sched_yield();
	CHECK(slot->state == WIRE_DONE);
	return slot->result;
}

static void get_cap(int card, struct wire_slot *slot)
{
	memset(slot, 0, sizeof *slot);
	slot->number = (uint32_t)DRM_IOCTL_GET_CAP;
	slot->size = sizeof(struct drm_get_cap);
	slot->argument[0] = DRM_CAP_DUMB_BUFFER;
	CHECK(called(card, slot, WIRE_IOCTL, 0) == 0);
	CHECK(((struct drm_get_cap *)slot->argument)->value == 1);
}

static int memory_of(int card, struct wire_slot *slot, const struct drm_mode_create_dumb *dumb, off_t offset)
{
	struct wire_mmap map = { (uint64_t)offset, dumb->size, PROT_READ | PROT_WRITE, MAP_SHARED, 0 };
	char byte;
	int ends[2];

	socket_pair(ends);
	memset(slot, 0, sizeof *slot);
	slot->size = sizeof map;
	slot->socket = 1;
	memcpy(slot->argument, &map, sizeof map);
	CHECK(called(card, slot, WIRE_MMAP, ends[1]) == 0);
	return receive_with(ends[0], &byte, 1);
}

static void cannot_be_cut(int memory)
{
	off_t size = lseek(memory, 0, SEEK_END);
	char path[40];
	int again;

	CHECK(size > 0);
	for (int i = 0; i < 2; i++) {
		sprintf(path, "/proc/self/fd/%d", memory);
		CHECK((again = i ? open(path, O_RDWR) : memory) >= 0);
		FAILS(ftruncate(again, 0), EPERM);
		FAILS(ftruncate(again, size - 4096), EPERM);
		FAILS(ftruncate(again, size + 4096), EPERM);
		FAILS(truncate(path, 0), EPERM);
		FAILS(pwrite(again, "x", 1, size), EPERM);
		FAILS(fallocate(again, 0, size, 4096), EPERM);
		FAILS(fcntl(again, F_ADD_SEALS, F_SEAL_WRITE), EPERM);
		FAILS(fcntl(again, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), EPERM);
	}
	CHECK(!fallocate(memory, ALL_OF_IT, 0, size));
}

static void the_calls_memory(int card)
{
	int memory = attach(card);
	struct wire_slot *slot = slots(memory);

	get_cap(card, slot);
	cannot_be_cut(memory);
	get_cap(card, slot);
	memset(slot, 0xff, (size_t)WIRE_SLOTS * WIRE_SLOT_SIZE);
	get_cap(card, slot);
	/* With a call on its way. */
	send_packet(card, (struct wire_packet){ .op = WIRE_IOCTL, .region = attached.region }, 0);
	CHECK(!fallocate(memory, ALL_OF_IT, 0, (off_t)WIRE_SLOTS * WIRE_SLOT_SIZE));
}

/* One that is on the screen. */
static void a_buffers_memory(int card)
{
	struct screen screen;
	struct drm_mode_create_dumb shown;
	off_t offset;
	int calls, memory;

	set_master(card);
	screen = light(card);
	shown = (struct drm_mode_create_dumb){ .handle = 1, .size = 4ull * screen.mode.hdisplay * screen.mode.vdisplay };
	offset = offset_of(card, shown.handle);
	calls = attach(card);
	memory = memory_of(card, slots(calls), &shown, offset);
	CHECK(lseek(memory, 0, SEEK_END) == (off_t)shown.size);
	cannot_be_cut(memory);
}

/* The hidden ones as well. What then has the number of one is the program's own. */
static void every_descriptor(int card)
{
	struct drm_mode_create_dumb dumb = create(card, 64, 64);
	char *at = map(card, &dumb), byte;
	int hidden = 0, ends[2];

	at[1] = 1;
	for (int fd = 3; fd < 1 << 20; fd++)
		if (!close(fd))
			hidden = fd;
	socket_pair(ends);
	CHECK(hidden > ends[1] && dup2(ends[0], hidden) == hidden);
	CHECK(at[1] == 1 && !munmap(at, dumb.size));
	CHECK(fcntl(hidden, F_GETFD) == 0);
	FAILS(recv(ends[1], &byte, 1, MSG_DONTWAIT), EAGAIN);
	card = open_card(0, O_RDWR);
	dumb = create(card, 64, 64);
	CHECK(map(card, &dumb)[1] == 0);
}

static void the_socket(int card)
{
	CHECK(works(card));
	FAILS(ftruncate(card, 0), EINVAL);
	CHECK(!syscall(SYS_shutdown, card, SHUT_RDWR));
	FAILS(ioctl(card, DRM_IOCTL_SET_MASTER, NULL), ENODEV);
	CHECK(works(open_card(0, O_RDWR)));
}

/* Wherever the buffers of others may be. */
static void offsets(int card)
{
	struct drm_mode_create_dumb mine = create(card, 64, 64);
	off_t at = offset_of(card, mine.handle);

	for (off_t guess = at - (1 << 22) > 0 ? at - (1 << 22) : 0; guess < at + (1 << 22); guess += 4096)
		if (guess != at) {
			errno = 0;
			CHECK(mmap(NULL, 4096, PROT_READ, MAP_SHARED, card, guess) == MAP_FAILED);
		}
	for (uint32_t handle = 2; handle < 100; handle++)
		FAILS(ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &(struct drm_mode_map_dumb){ .handle = handle }), ENOENT);
}

/* Its own end of what it opens is closed before the daemon has read of it, and the connection is not. */
static void an_open_of_nobody(int card)
{
	static const char path[] = "/dev/dri/card0";
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct { struct wire_open open; char path[sizeof path - 1]; } asked = { { WIRE_MAGIC, WIRE_OPEN, O_RDWR, sizeof path - 1 }, "" };
	int connection = socket(AF_UNIX, SOCK_SEQPACKET, 0), ends[2];

	memcpy(asked.path, path, sizeof path - 1);
	strncpy(address.sun_path, getenv("DRM_ACTORS_SOCKET"), sizeof address.sun_path - 1);
	CHECK(!connect(connection, (const struct sockaddr *)&address, sizeof address));
	socket_pair(ends);
	CHECK(!close(ends[0]));
	send_with(connection, &asked, sizeof asked.open + sizeof asked.path, ends[1]);
	CHECK(!close(ends[1]));
	CHECK(recv(connection, &(struct wire_opened){ 0 }, sizeof(struct wire_opened), 0) == sizeof(struct wire_opened));
	CHECK(works(card) && works(open_card(0, O_RDWR)));
}

static void beside(void (*attack)(int card))
{
	int card = open_card(0, O_RDWR), error = 0;
	struct drm_mode_create_dumb dumb = create(card, 256, 256);
	char *at = map(card, &dumb);
	pid_t child;

	for (size_t i = 0; i < dumb.size; i++)
		at[i] = (char)(i * 7);
	CHECK(!ioctl(card, DRM_IOCTL_DROP_MASTER, NULL));
	if (!(child = fork())) {
		attack(open_card(0, O_RDWR));
		_exit(0);
	}
	join(child);
	set_master(card);
	light(card);
	CHECK(!wait_frames(card, 2));
	for (size_t i = 0; i < dumb.size; i++)
		error |= at[i] != (char)(i * 7);
	CHECK(!error);
}

#define ATTACK(name) static void beside_##name(void) { beside(name); }
ATTACK(the_calls_memory)
ATTACK(a_buffers_memory)
ATTACK(every_descriptor)
ATTACK(the_socket)
ATTACK(offsets)
ATTACK(an_open_of_nobody)

int main(int argc, char **argv)
{
	static const struct scenario all[] = {
		{ "the-calls-memory", beside_the_calls_memory },
		{ "a-buffers-memory", beside_a_buffers_memory },
		{ "every-descriptor", beside_every_descriptor },
		{ "the-socket", beside_the_socket },
		{ "offsets", beside_offsets },
		{ "an-open-of-nobody", beside_an_open_of_nobody },
		{ 0 },
	};

	return run_scenario(all, argc, argv);
}
