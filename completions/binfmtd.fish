# SPDX-License-Identifier: Apache-2.0
complete -c binfmtd -f
complete -c binfmtd -l root -d 'Use the configuration and the state below this directory.' -xa '(__fish_complete_directories)'
complete -c binfmtd -l registry -d 'The directory where binfmt_misc is mounted.' -xa '(__fish_complete_directories)'
complete -c binfmtd -l mount -d 'Mount binfmt_misc there if it is not mounted.'
complete -c binfmtd -l trust-configuration -d 'Also use configuration files that users other than root can modify.'
complete -c binfmtd -l version -d 'Print the version.'
complete -c binfmtd -s h -l help -d 'Print the options.'
