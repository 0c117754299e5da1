"""unpack_collection.py WHEEL COLLECTION FOLDER: of the wheel with all collections of Ansible, one: `community/general`."""

import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    prefix = "ansible_collections/%s/" % sys.argv[2]
    names = [name for name in wheel.namelist() if name.startswith(prefix)]
    if not names:
        sys.exit("%s is not in %s" % (prefix, sys.argv[1]))
    wheel.extractall(sys.argv[3], names)
