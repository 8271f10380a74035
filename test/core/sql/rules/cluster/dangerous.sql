-- case
CLUSTER users USING users_email_idx;

-- case
CLUSTER users USING users_pkey;
