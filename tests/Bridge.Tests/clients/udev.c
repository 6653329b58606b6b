/* Looks for display cards and their monitors with libudev, as compositors do, and prints what it finds. */
#include <libudev.h>
#include <stdio.h>
#include <string.h>

static const char *or_none(const char *text)
{
	return text ? text : "-";
}

static void print(struct udev_device *device)
{
	struct udev_device *parent = udev_device_get_parent_with_subsystem_devtype(device, "platform", NULL);

	printf("%s %s %s %s seat=%s tag=%d initialized=%d parent=%s driver=%s status=%s\n",
		udev_device_get_sysname(device), or_none(udev_device_get_devnode(device)), udev_device_get_syspath(device),
		or_none(udev_device_get_devtype(device)), or_none(udev_device_get_property_value(device, "ID_SEAT")),
		udev_device_has_tag(device, "seat"), udev_device_get_is_initialized(device), parent ? udev_device_get_sysname(parent) : "-",
		parent ? or_none(udev_device_get_driver(parent)) : "-", or_none(udev_device_get_sysattr_value(device, "status")));
	udev_device_unref(device);
}

int main(void)
{
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev_enumerate_new(udev);
	struct udev_list_entry *entry;

	udev_enumerate_add_match_subsystem(all, "drm");
	udev_enumerate_add_match_sysname(all, "card[0-9]*");
	udev_enumerate_scan_devices(all);
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all))
		print(udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry)));
	printf("226:0 ");
	print(udev_device_new_from_devnum(udev, 'c', (226 << 8) | 0));
	return 0;
}
