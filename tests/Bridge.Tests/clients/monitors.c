/* Listens for uevents until its input ends, and prints a line for each: as libudev tells it, with the filters that are named, or as a bare socket does. */
#define _GNU_SOURCE
#include <libudev.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "check.h"

static const char *const names[] = { "HOTPLUG", "LEASE", "CONNECTOR", "PROPERTY", "DEVNAME", "DEVTYPE", "MAJOR", "MINOR", "ID_PATH", "ID_SEAT",
	"DEVLINKS", "SYNTH_UUID", "SYNTH_ARG_FOO" };

/* What it says where something has been lost. */
static void print(struct udev_device *device)
{
	if (!device) {
		puts(strerrorname_np(errno));
		return;
	}
	printf("%s %s %s", udev_device_get_action(device), udev_device_get_syspath(device), udev_device_get_subsystem(device));
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (udev_device_get_property_value(device, names[i]))
			printf(" %s=%s", names[i], udev_device_get_property_value(device, names[i]));
	printf(" seat=%d seen=%d\n", udev_device_has_tag(device, "seat"), udev_device_get_is_initialized(device));
	udev_device_unref(device);
}

/* Whether there is more to read of it; false when the input has ended. */
static bool wait_for(int fd)
{
	struct pollfd both[2] = { { fd, POLLIN, 0 }, { 0, POLLIN, 0 } };

	fflush(stdout);
	CHECK(poll(both, 2, -1) > 0);
	CHECK(!(both[0].revents & ~(POLLIN | POLLERR)));
	return both[0].revents;
}

static void with_libudev(const char *group, const char *kind, const char *tag)
{
	struct udev_monitor *monitor = udev_monitor_new_from_netlink(udev_new(), group);

	CHECK(monitor);
	if (*kind)
		CHECK(!udev_monitor_filter_add_match_subsystem_devtype(monitor, "drm", strcmp(kind, "any") ? kind : NULL));
	if (*tag)
		CHECK(!udev_monitor_filter_add_match_tag(monitor, tag));
	CHECK(!udev_monitor_enable_receiving(monitor));
	puts("ready");
	while (wait_for(udev_monitor_get_fd(monitor)))
		print(udev_monitor_receive_device(monitor));
}

/* Without udev's message the variables are the kernel's, and their order. */
static void with_a_socket(bool joins)
{
	struct sockaddr_nl own = { .nl_family = AF_NETLINK, .nl_groups = joins ? 0 : 1 }, from;
	struct sock_filter nothing[] = { BPF_STMT(BPF_RET | BPF_K, 0) };
	struct sock_fprog program = { 1, nothing };
	socklen_t length = sizeof from;
	char text[4096];
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT), group = 1, value;

	CHECK(fd >= 0);
	FAILS(recv(fd, text, sizeof text, 0), EAGAIN);
	FAILS(bind(fd, (struct sockaddr *)&own, 4), EINVAL);
	CHECK(!bind(fd, (struct sockaddr *)&own, sizeof own));
	CHECK(!getsockname(fd, (struct sockaddr *)&from, &length) && length == sizeof from && from.nl_family == AF_NETLINK && from.nl_pid);
	length = sizeof value;
	CHECK(!getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &value, &length) && value == NETLINK_KOBJECT_UEVENT);
	CHECK(!getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &value, &length) && value == AF_NETLINK);
	FAILS(send(fd, "change@/devices", 15, 0), EPERM);
	if (joins)
		CHECK(!setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group));
	puts("ready");
	while (wait_for(fd)) {
		length = sizeof from;
		CHECK(recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC) > 0);
		ssize_t size = recvfrom(fd, text, sizeof text, 0, (struct sockaddr *)&from, &length);
		CHECK(size > 0 && length == sizeof from && from.nl_pid == 0 && from.nl_groups == 1 && !text[size - 1]);
		for (ssize_t i = 0; i < size - 1; i++)
			text[i] = text[i] ? text[i] : ' ';
		puts(text);
		/* From here on nothing passes. */
		if (strstr(text, "LEASE"))
			CHECK(!setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
	}
	if (joins)
		CHECK(!setsockopt(fd, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, &group, sizeof group));
}

/* What a child inherits, it listens to. */
static void in_a_child(void)
{
	struct udev_monitor *monitor = udev_monitor_new_from_netlink(udev_new(), "udev");
	int status;

	CHECK(monitor && !udev_monitor_enable_receiving(monitor));
	pid_t child = fork();
	if (!child) {
		puts("ready");
		while (wait_for(udev_monitor_get_fd(monitor)))
			print(udev_monitor_receive_device(monitor));
		exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && !status);
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	if (!strcmp(how, "socket"))
		with_a_socket(false);
	else if (!strcmp(how, "joining"))
		with_a_socket(true);
	else if (!strcmp(how, "child"))
		in_a_child();
	else
		with_libudev(how, argc > 2 ? argv[2] : "", argc > 3 ? argv[3] : "");
	return 0;
}
