# SPDX-License-Identifier: Apache-2.0
# These messages are only on the console, because no journal runs yet.
echo "== Ordering cycles"
sed 's/\x1b\[[0-9;]*m//g' console | grep -a -i 'ordering cycle'
