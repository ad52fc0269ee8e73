"""The network: asking, politely and guarded, what has become of addresses that strangers wrote."""
